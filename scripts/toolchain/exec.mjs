import { spawn } from 'node:child_process'

import { root } from './root.mjs'

/** No tool that these scripts start phones home or asks for updates. */
const quiet = {
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  NO_UPDATE_NOTIFIER: '1',
  npm_config_update_notifier: 'false',
}

const windows = process.platform === 'win32'

/**
 * Runs a program in the foreground with this process's output, stdin closed.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, stdin?: 'inherit' | 'ignore', toStderr?: boolean }} [options]
 *   `toStderr` sends its output to stderr, so that it cannot mix with what the caller prints for programs
 * @returns {Promise<number>} the exit code; 127 when the program could not be started, 128 + n after a signal
 */
export function exec(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...quiet, ...options.env },
      stdio: [options.stdin ?? 'ignore', options.toStderr ? 2 : 'inherit', 'inherit'],
      shell: windows,
    })
    child.once('error', (error) => {
      process.stderr.write(`${file}: ${error.message}\n`)
      resolve(127)
    })
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)))
  })
}

/**
 * Runs a program and keeps what it prints.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...quiet, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: windows,
    })
    let output = ''
    const take = (chunk) => {
      output += chunk
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.once('error', (error) => resolve({ code: 127, output: `${file}: ${error.message}\n` }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
