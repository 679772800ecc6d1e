import { spawn } from 'node:child_process'

import { select, text } from '@clack/prompts'
import type { Human, HumanAnswer, HumanQuestion } from '@gump/engine'

import type { CliContext } from '../context.js'
import type { InterruptibleDisplay } from '../display/interruptible.js'
import { prompted } from './prompted.js'
import { showDiff } from './show-diff.js'

type Choice = 'continue' | 'diff' | 'shell' | 'retry' | 'abort'

/** What asking takes from the command around it. */
export interface Asking {
  readonly repo: string
  readonly display: InterruptibleDisplay
  /** Does what Ctrl-C does while nobody is asked. */
  readonly interrupt: () => void
}

/**
 * Asks on the terminal. Only an explicit choice lets a run continue; the end of the input leaves it paused, and Ctrl-C
 * interrupts it.
 */
export function createTerminalHuman(context: CliContext, asking: Asking): Human {
  const { display } = asking
  let previous: Promise<unknown> = Promise.resolve()
  const ask = async (question: HumanQuestion): Promise<HumanAnswer> => {
    await display.untilPaused(question.step, question.signal)
    display.suspend()
    try {
      return await menu(context, asking, question)
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

async function menu(context: CliContext, asking: Asking, question: HumanQuestion): Promise<HumanAnswer> {
  const { stdin, stdout } = context
  const streams = { input: stdin, output: stdout }
  for (;;) {
    const chosen = await prompted(stdin, question.signal, (signal) =>
      select<Choice>({ ...streams, message: headline(question), options: [...options(question)], signal }),
    )
    if (chosen.outcome === 'interrupted') asking.interrupt()
    if (chosen.outcome === 'back') continue
    if (chosen.outcome !== 'answered') return { decision: 'later' }
    const choice = chosen.value
    if (choice === 'continue' || choice === 'abort') return { decision: choice }
    if (choice === 'diff') await showDiff(context, asking.repo, question)
    else if (choice === 'shell') await openShell(context, question.worktree)
    else {
      const note = await prompted<string>(stdin, question.signal, (signal) =>
        text({ ...streams, message: 'What should be different?', validate: demandNote, signal }),
      )
      if (note.outcome === 'interrupted') asking.interrupt()
      if (note.outcome === 'answered') return { decision: 'retry', note: note.value }
      if (note.outcome !== 'back') return { decision: 'later' }
    }
  }
}

function headline({ step, at }: HumanQuestion): string {
  return `${step} is paused ${at === 'before_gate' ? 'before' : 'after'} its gates. What now?`
}

function options({ worktree }: HumanQuestion): readonly { value: Choice; label: string; hint?: string }[] {
  return [
    { value: 'continue', label: 'continue' },
    { value: 'diff', label: 'show diff', hint: 'what the agent changed' },
    { value: 'shell', label: 'open shell', hint: worktree },
    { value: 'retry', label: 'retry with a note' },
    { value: 'abort', label: 'abort', hint: 'the run stays resumable' },
  ]
}

function demandNote(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? 'Say what should change.' : undefined
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
