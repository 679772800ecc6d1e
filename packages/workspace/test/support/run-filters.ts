import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'

import type { GitWorkspace, RunFiltering, RunnableFilters } from '../../src/index.js'

/** Runs git and its filters as plain processes: what contains them is not this package's. */
export const runPlainly: RunFiltering = ({ args, cwd, env, stdoutFile }) =>
  new Promise((resolve, reject) => {
    const stdout = openSync(stdoutFile, 'a')
    const child = spawn('git', args, { cwd, env, stdio: ['ignore', stdout, 'pipe'] })
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => {
      closeSync(stdout)
      resolve({ code, stderr })
    })
  })

/** The filters of a commit, as this user has configured them. */
export async function filtersOf(
  workspace: GitWorkspace,
  env: Readonly<Record<string, string>>,
  run: RunFiltering = runPlainly,
): Promise<RunnableFilters> {
  const { head } = await workspace.facts()
  return { ...(await workspace.contentFilters({ commit: head, env })), run }
}
