import type { LedgerEvent, LedgerSink, NewEvent } from '@gump/ledger'
import { initialState, reduce, type RunState } from '@gump/history'
import type { FaultPoint } from '../contract.js'
import type { Masker } from './masker.js'

/** The ledger of a running run together with the state it amounts to. */
export interface Journal {
  readonly state: RunState
  readonly events: readonly LedgerEvent[]
  /** Writes, folds, tells. Nothing is known that is not on its way to the disk. */
  append(events: readonly NewEvent[], options?: { readonly barrier?: boolean }): void
  /** Called after every append. */
  onAppend(listener: (events: readonly LedgerEvent[]) => void): () => void
  /** Called when nothing more can be appended; the appender gets an exception as well. */
  onFailure(listener: (error: unknown) => void): () => void
  /** The ledger has failed in the background. */
  fail(error: unknown): void
  close(): void
}

export interface JournalOptions {
  readonly past: readonly LedgerEvent[]
  readonly fault: FaultPoint
  /** No secret is written down or told, whichever part of an event it is in. */
  readonly masker: Masker
}

export function openJournal(sink: LedgerSink, { past, fault, masker }: JournalOptions): Journal {
  const events = [...past]
  const listeners = new Set<(events: readonly LedgerEvent[]) => void>()
  const failureListeners = new Set<(error: unknown) => void>()
  const fail = (error: unknown): void => {
    for (const listener of failureListeners) listener(error)
  }
  const write: LedgerSink['append'] = (fresh, options) => {
    try {
      return sink.append(fresh, options)
    } catch (error) {
      fail(error)
      throw error
    }
  }
  let state = past.reduce(reduce, initialState)
  return {
    get state() {
      return state
    },
    events,
    append(fresh, options) {
      fault(`append:${fresh.map((event) => event.type).join('+')}:before`)
      const lines = write(masker.maskAll(fresh), options)
      for (const line of lines) {
        events.push(line)
        state = reduce(state, line)
      }
      for (const listener of listeners) listener(lines)
    },
    onAppend(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onFailure(listener) {
      failureListeners.add(listener)
      return () => failureListeners.delete(listener)
    },
    fail,
    close: () => sink.close(),
  }
}
