import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from '../../scripts/toolchain/root.mjs'
import { captures } from './writing.mjs'

const program = join(root, 'packages/testkit/dist/fake-model/main.js')

/**
 * The fake model beside the agent, in the same namespace.
 *
 * @param {string} folder for its script and its log
 */
export function modelProcess(folder) {
  const log = join(folder, 'requests.ndjson')
  const sent = join(folder, 'sent.ndjson')
  let child = null
  let port = 0

  async function stop() {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    child.kill()
    await once(child, 'exit')
  }

  return {
    /** Plays this script from now on, at the same address as before. */
    async play(script) {
      await stop()
      const file = join(folder, 'script.json')
      writeFileSync(file, JSON.stringify({ captures, ...script }, null, 1))
      const args = ['--script', file, '--port', String(port), '--log', log, '--sent', sent]
      child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
      const [said] = await once(child.stdout, 'data')
      const url = String(said).trim()
      port = Number(new URL(url).port)
      return url
    },
    /** What came so far, all scripts together. */
    requests: () => linesOf(log),
    /** The answers that have ended so far, with the tokens that they told. */
    sent: () => linesOf(sent),
    stop,
    get pid() {
      return child?.pid ?? null
    },
  }
}

function linesOf(file) {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}
