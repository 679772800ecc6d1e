import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { root } from '../../scripts/toolchain/root.mjs'

const program = join(root, 'apps/cli/bin/gump.js')

/**
 * Starts `gump` with stdin closed.
 *
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: Record<string, string> }} options
 */
export function startGump(args, { cwd, env }) {
  const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  const waiting = new Set()
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.stdout += `${line}\n`
    for (const check of waiting) check(line)
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }))
  return {
    ended,
    pid: child.pid,
    signal: (name) => child.kill(name),
    /** The first line for which `wanted` is true. Rejects when the program ends without it. */
    line(wanted) {
      const found = output.stdout.split('\n').find((line) => wanted(line))
      if (found !== undefined) return Promise.resolve(found)
      return new Promise((resolve, reject) => {
        const check = (line) => wanted(line) && resolve(line)
        waiting.add(check)
        void ended.then(({ code, stdout, stderr }) =>
          reject(new Error(`gump ended with ${code} before the line that was waited for:\n${stdout}${stderr}`)),
        )
      })
    },
  }
}
