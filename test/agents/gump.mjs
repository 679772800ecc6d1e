import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

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
  const watching = new Set()
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text
    for (const look of watching) look()
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }))
  return {
    ended,
    /** The first whole line for which `wanted` is true. Rejects when the program ends without it. */
    line: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = output.stdout.split('\n').slice(0, -1).find(wanted)
          if (found !== undefined) resolve(found)
        }
        watching.add(look)
        look()
        void ended.then(({ code, stdout, stderr }) =>
          reject(
            new Error(`gump ended with ${code} before the line that was waited for:\n${stdout}${stderr}`),
          ),
        )
      }),
  }
}
