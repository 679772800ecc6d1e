import { execFile } from 'node:child_process'

import type { agentStates } from '../compose/agent-states.js'
import type { CliContext } from '../context.js'

type Agent = Awaited<ReturnType<typeof agentStates>>[number]

const patienceMs = 10_000

/** Whether a user is signed in; null when the program does not say, or is of a version that was never tried. */
export function askSignedIn(
  { adapter, path, verified }: Agent,
  { env, home }: CliContext,
): Promise<boolean | null> {
  const signedIn = adapter.detection?.signedIn
  if (signedIn === undefined || path === null || !verified) return Promise.resolve(null)
  if (signedIn.keys?.some((name) => (env[name] ?? '') !== '') === true) return Promise.resolve(true)
  return new Promise((resolve) => {
    const options = { cwd: home, env: { ...env }, timeout: patienceMs, maxBuffer: 1024 * 1024 }
    const child = execFile(path, [...signedIn.args], options, (error) => {
      if (error === null) resolve(true)
      else resolve(error.code === 1 ? false : null)
    })
    child.stdin?.end()
  })
}
