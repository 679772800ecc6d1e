import { spawn } from 'node:child_process'

import { isCancel, select, text } from '@clack/prompts'
import type { Human, HumanAnswer, HumanQuestion } from '@gump/engine'

import type { CliContext } from '../context.js'
import type { InterruptibleDisplay } from '../display/interruptible.js'
import { showDiff } from './show-diff.js'

type Choice = 'continue' | 'diff' | 'shell' | 'retry' | 'abort'

/** Asks on the terminal. Only an explicit choice lets a run go on: closing the input aborts, it never approves. */
export function createTerminalHuman(context: CliContext, repo: string, display: InterruptibleDisplay): Human {
  let previous: Promise<unknown> = Promise.resolve()
  const ask = async (question: HumanQuestion): Promise<HumanAnswer> => {
    await display.untilPaused(question.step, question.signal)
    display.suspend()
    try {
      return await menu(context, repo, question)
    } finally {
      display.resume()
    }
  }
  return {
    // Parallel branches may pause at the same time; a terminal has room for one menu.
    ask: (question) => {
      const answer = previous.then(() => ask(question))
      previous = answer.catch(() => {})
      return answer
    },
  }
}

async function menu(context: CliContext, repo: string, question: HumanQuestion): Promise<HumanAnswer> {
  const where = question.at === 'before_gate' ? 'before its gates' : 'after its gates'
  for (;;) {
    const choice = await select<Choice>({
      message: `${question.step} is paused ${where}. What now?`,
      options: [
        { value: 'continue', label: 'continue' },
        { value: 'diff', label: 'show diff' },
        { value: 'shell', label: 'open shell', hint: question.worktree },
        { value: 'retry', label: 'retry with a note' },
        { value: 'abort', label: 'abort', hint: 'the run stays resumable' },
      ],
      signal: question.signal,
    })
    if (isCancel(choice) || choice === 'abort') return { decision: 'abort' }
    if (choice === 'continue') return { decision: 'continue' }
    if (choice === 'diff') await showDiff(context, repo, question)
    else if (choice === 'shell') await openShell(context, question.worktree)
    else {
      const note = await text({
        message: 'What should be different?',
        validate: (value) =>
          value === undefined || value.trim() === '' ? 'Say what should change.' : undefined,
        signal: question.signal,
      })
      if (!isCancel(note)) return { decision: 'retry', note }
    }
  }
}

function openShell(context: CliContext, worktree: string): Promise<void> {
  const shell = context.env['SHELL'] ?? 'sh'
  context.stdout.write(`A shell in ${worktree}; leave it with exit. Edits you make here are kept.\n`)
  return new Promise((resolve) => {
    const child = spawn(shell, [], { cwd: worktree, stdio: 'inherit' })
    child.once('error', (error) => {
      context.stderr.write(`${shell}: ${error.message}\n`)
      resolve()
    })
    child.once('close', () => resolve())
  })
}
