import { PassThrough } from 'node:stream'

import type { HumanAnswer, HumanQuestion } from '@gump/engine'
import { describe, expect, it } from 'vitest'

import type { CliContext } from '../../src/context.js'
import type { InterruptibleDisplay } from '../../src/display/interruptible.js'
import { createTerminalHuman } from '../../src/people/terminal-human.js'

const enter = '\r'
const down = '\u001b[B'
const escape = '\u001b'
const ctrlC = '\u0003'
const ctrlD = '\u0004'

interface Terminal {
  readonly answer: Promise<HumanAnswer>
  readonly interrupts: () => number
  readonly withdraw: () => void
  /** Presses keys once the screen shows a text it has not shown before. */
  press(shown: string, keys: string): Promise<void>
  hangUp(shown: string): Promise<void>
}

/** A terminal of two pipes: what is asked there is what a person would see, and what is written are their keys. */
function terminal(): Terminal {
  const stdin = new PassThrough()
  const stdout = Object.assign(new PassThrough(), { columns: 80, rows: 24 })
  const context = { stdin, stdout, stderr: stdout, env: {}, color: false } as unknown as CliContext
  const display = {
    untilPaused: async () => {},
    suspend: () => {},
    resume: () => {},
  } as unknown as InterruptibleDisplay
  let interrupts = 0
  let screen = ''
  let look = (): void => {}
  stdout.setEncoding('utf8').on('data', (chunk: string) => {
    screen += chunk
    look()
  })
  const until = (shown: string): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        const at = screen.indexOf(shown)
        if (at < 0) return
        screen = screen.slice(at + shown.length)
        look = () => {}
        resolve()
      }
      look()
    })
  const controller = new AbortController()
  const human = createTerminalHuman(context, { repo: '/', display, interrupt: () => void interrupts++ })
  const question: HumanQuestion = {
    step: 'impl',
    at: 'after_gate',
    worktree: '/',
    baseCommit: 'a',
    commit: null,
    signal: controller.signal,
  }
  return {
    answer: human.ask(question),
    interrupts: () => interrupts,
    withdraw: () => controller.abort(),
    press: async (shown, keys) => {
      await until(shown)
      stdin.write(keys)
    },
    hangUp: async (shown) => {
      await until(shown)
      stdin.end()
    },
  }
}

const menu = 'impl is paused after its gates'

describe('the menu for a person', () => {
  it('continues when that is chosen', async () => {
    const { press, answer } = terminal()
    await press(menu, enter)
    expect(await answer).toEqual({ decision: 'continue' })
  })

  it('takes a note for another attempt, and wants one', async () => {
    const { press, answer } = terminal()
    await press(menu, down)
    await press('show diff', down)
    await press('open shell', down)
    await press('retry with a note', enter)
    await press('What should be different?', enter)
    await press('Say what should change', 'use tabs')
    await press('use tabs', enter)
    expect(await answer).toEqual({ decision: 'retry', note: 'use tabs' })
  })

  it('leaves the run paused on Ctrl-D', async () => {
    const { press, answer } = terminal()
    await press(menu, ctrlD)
    expect(await answer).toEqual({ decision: 'later' })
  })

  it('leaves the run paused when the input ends', async () => {
    const { hangUp, answer } = terminal()
    await hangUp(menu)
    expect(await answer).toEqual({ decision: 'later' })
  })

  it('interrupts the run on Ctrl-C, and answers nothing for it', async () => {
    const { press, answer, interrupts } = terminal()
    await press(menu, ctrlC)
    expect(await answer).toEqual({ decision: 'later' })
    expect(interrupts()).toBe(1)
  })

  it('asks again after Escape', async () => {
    const { press, answer, interrupts } = terminal()
    await press(menu, escape)
    await press(menu, enter)
    expect(await answer).toEqual({ decision: 'continue' })
    expect(interrupts()).toBe(0)
  })

  it('goes away when the answer is not wanted any more', async () => {
    const { press, answer, withdraw } = terminal()
    await press(menu, '')
    withdraw()
    expect(await answer).toEqual({ decision: 'later' })
  })
})
