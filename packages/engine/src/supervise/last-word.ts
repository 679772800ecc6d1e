import type { AgentParser, StreamStanding } from '@gump/agents'
import type { AgentEndSettings, Clock } from '../contract.js'

// A program that has told of an error without an end may be making another try.
const patience = 6

const open: StreamStanding = { lastWord: 'none', background: 0 }

/** Waits for silence after the last word. */
export interface LastWordWatch {
  /** Lines have come; `active`: more than a sign of life. */
  heard(active: boolean): void
  stop(): void
}

/**
 * Programs hang after they have said how they ended: connections stay open, children live on. Calls `onSilence` once, when
 * nothing more has come for long enough.
 */
export function watchLastWord(
  parser: AgentParser,
  clock: Clock,
  times: AgentEndSettings,
  onSilence: (silentMs: number) => void,
): LastWordWatch {
  let cancel = (): void => {}
  let waitsFor: number | null = null
  let over = false

  const waitFor = (ms: number): void => {
    cancel()
    waitsFor = ms
    cancel = clock.timer(ms, () => {
      over = true
      onSilence(ms)
    })
  }

  return {
    heard(active) {
      if (over) return
      const ms = patienceWith(parser.standing?.() ?? open, times)
      if (ms === null) {
        cancel()
        waitsFor = null
      } else if (active || ms !== waitsFor) waitFor(ms)
    },
    stop() {
      over = true
      cancel()
    },
  }
}

function patienceWith({ lastWord, background }: StreamStanding, times: AgentEndSettings): number | null {
  if (lastWord === 'none') return null
  if (background > 0) return times.backgroundMs
  return lastWord === 'final' ? times.silenceMs : times.silenceMs * patience
}
