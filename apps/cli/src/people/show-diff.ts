import { spawn } from 'node:child_process'

import type { HumanQuestion } from '@gump/engine'
import { escapeControl } from '@gump/errors'
import { readingEnvironment } from '@gump/workspace'

import type { CliContext } from '../context.js'

const longest = 2000

/** Prints what the attempt changed: from the commits alone, so that nothing in the worktree can run or be obeyed. */
export async function showDiff(context: CliContext, repo: string, question: HumanQuestion): Promise<void> {
  const { baseCommit, commit } = question
  if (commit === null) {
    context.stdout.write('Nothing was changed.\n')
    return
  }
  // Names in any script stay readable; what could do harm in them is escaped below.
  const settings = ['-c', 'core.quotePath=false', 'diff', '--no-ext-diff', '--no-textconv', '--no-color']
  const diff = await git(repo, [...settings, baseCommit, commit])
  const lines = diff.split('\n')
  for (const line of lines.slice(0, longest)) context.stdout.write(`${paint(context, escapeControl(line))}\n`)
  if (lines.length > longest) {
    context.stdout.write(`… ${lines.length - longest} more lines: git diff ${baseCommit} ${commit}\n`)
  }
}

function paint(context: CliContext, line: string): string {
  if (!context.color) return line
  if (line.startsWith('+')) return `\u001b[32m${line}\u001b[39m`
  if (line.startsWith('-')) return `\u001b[31m${line}\u001b[39m`
  return line.startsWith('@@') ? `\u001b[36m${line}\u001b[39m` : line
}

function git(cwd: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn('git', args, {
      cwd,
      env: readingEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', (error) => resolve(error.message))
    child.once('close', () => resolve(Buffer.concat(chunks).toString('utf8')))
  })
}
