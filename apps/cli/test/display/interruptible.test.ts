import type { LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'

import { makeInterruptible } from '../../src/display/interruptible.js'
import type { RunDisplay } from '../../src/display/run-display.js'

const event = (type: string, step = 'a'): LedgerEvent => ({ type, step }) as unknown as LedgerEvent

function recorder(): { readonly seen: string[]; readonly display: RunDisplay } {
  const seen: string[] = []
  const note = (what: string) => () => {
    seen.push(what)
  }
  return {
    seen,
    display: {
      expect: note('expect'),
      recall: note('recall'),
      onEvent: ({ type }) => {
        seen.push(type)
      },
      onLive: note('live'),
      notice: note('notice'),
      suspend: note('suspend'),
      resume: note('resume'),
      end: note('end'),
    },
  }
}

describe('a display that can be interrupted', () => {
  it('keeps what happens meanwhile and shows it afterwards, in order', () => {
    const { seen, display } = recorder()
    const interruptible = makeInterruptible(display)
    interruptible.onEvent(event('step_started'))
    interruptible.suspend()
    interruptible.onEvent(event('gate_started'))
    interruptible.onEvent(event('gate_passed'))
    expect(seen).toEqual(['step_started', 'suspend'])
    interruptible.resume()
    expect(seen).toEqual(['step_started', 'suspend', 'resume', 'gate_started', 'gate_passed'])
  })

  it('tells when a step is seen to be paused, and forgets it when it continues', async () => {
    const { display } = recorder()
    const interruptible = makeInterruptible(display)
    const { signal } = new AbortController()
    const first = interruptible.untilPaused('a', signal)
    interruptible.onEvent(event('hitl_paused', 'b'))
    interruptible.onEvent(event('hitl_paused', 'a'))
    await first
    await interruptible.untilPaused('a', signal)
    interruptible.onEvent(event('hitl_resumed', 'a'))
    let again = false
    void interruptible.untilPaused('a', signal).then(() => (again = true))
    await Promise.resolve()
    expect(again).toBe(false)
  })

  it('knows of a pause from before this process took part', async () => {
    const { display } = recorder()
    const interruptible = makeInterruptible(display)
    interruptible.recall(event('hitl_paused'))
    await expect(interruptible.untilPaused('a', new AbortController().signal)).resolves.toBeUndefined()
  })

  it('stops waiting when the answer is no longer wanted', async () => {
    const { display } = recorder()
    const controller = new AbortController()
    const waiting = makeInterruptible(display).untilPaused('a', controller.signal)
    controller.abort()
    await expect(waiting).resolves.toBeUndefined()
  })
})
