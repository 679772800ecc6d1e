import type { OwnedTime } from './state.js'

/** Milliseconds the run has been owned up to its last event, human pauses left out. */
export function ownedMs(time: OwnedTime): number {
  const until = time.pauses > 0 ? time.pausedSinceMs : time.lastMs
  return time.closedMs + Math.max(0, until - time.sinceMs)
}

/** When the run was owned: a new session begins with every resume. Epoch milliseconds. */
export function sessionsOf(time: OwnedTime): OwnedTime['before'] {
  return [...time.before, { startedAt: time.takenUpAt, endedAt: time.lastMs }]
}

/** The run begins. */
export function begins(time: OwnedTime, ms: number): OwnedTime {
  return { ...time, sinceMs: ms }
}

/** The time of another line. */
export function goesBy(time: OwnedTime, ms: number): OwnedTime {
  const first = time.firstMs === 0 ? { firstMs: ms, takenUpAt: ms } : {}
  return { ...time, ...first, previousMs: time.lastMs, lastMs: ms }
}

/** A person is asked; the time they take to answer does not count as time of the run. */
export function pauseBegins(time: OwnedTime, ms: number): OwnedTime {
  return time.pauses > 0 ? { ...time, pauses: time.pauses + 1 } : { ...time, pauses: 1, pausedSinceMs: ms }
}

/** A person has answered. */
export function pauseEnds(time: OwnedTime, ms: number): OwnedTime {
  if (time.pauses === 0) return time
  if (time.pauses > 1) return { ...time, pauses: time.pauses - 1 }
  return {
    ...time,
    pauses: 0,
    closedMs: time.closedMs + Math.max(0, time.pausedSinceMs - time.sinceMs),
    sinceMs: ms,
  }
}

/** The run has ended. */
export function ends(time: OwnedTime, ms: number): OwnedTime {
  return { ...time, closedMs: ownedMs(time), sinceMs: ms }
}

/**
 * The run is taken up again at the line `seq`. A crash leaves no end; what was owned counts up to the last line before it.
 *
 * @param hadEnded - the session before had ended, and was closed then.
 */
export function resumes(
  time: OwnedTime,
  moment: { readonly ms: number; readonly seq: number; readonly hadEnded: boolean },
): OwnedTime {
  const { ms, seq, hadEnded } = moment
  const open = hadEnded ? 0 : Math.max(0, time.previousMs - time.sinceMs)
  return {
    ...time,
    closedMs: time.closedMs + open,
    sinceMs: ms,
    lastMs: ms,
    awayMs: time.awayMs + Math.max(0, ms - time.previousMs),
    resumes: time.resumes + 1,
    resumedSeq: seq,
    before: [...time.before, { startedAt: time.takenUpAt, endedAt: time.previousMs }],
    takenUpAt: ms,
  }
}
