import type { EventOf, TurnAction } from '@gump/ledger'

/** The turns of one launch as far as displays need them. */
export interface TurnsSeen {
  /** The first and the last ones, where there were more than are kept. */
  readonly kept: readonly EventOf<'turn_completed'>[]
  /** Tools that failed, in all turns. */
  readonly toolErrors: number
  /** How often a command failed and the next thing that changed anything was an edit, in all turns. */
  readonly correctionLoops: number
}

/** Counts all turns of a launch, and keeps some: an agent may take a hundred thousand. */
export class SeenTurns implements TurnsSeen {
  #first: EventOf<'turn_completed'>[] = []
  #last: EventOf<'turn_completed'>[] = []
  #half: number
  #commandFailed = false
  toolErrors = 0
  correctionLoops = 0

  /** @param most - how many are kept, half of them the first ones and half the last ones; Infinity: all */
  constructor(most: number) {
    this.#half = halfOf(most)
  }

  /** How many are held in memory, which may be more than are kept. */
  get held(): number {
    return this.#first.length + this.#last.length
  }

  add(turn: EventOf<'turn_completed'>): void {
    for (const action of turn.actions) this.#count(action)
    if (this.#first.length < this.#half) this.#first.push(turn)
    else this.#last.push(turn)
    // Not each time: cutting a list costs as much as it is long.
    if (this.#last.length > 2 * this.#half) this.#last = this.#last.slice(-this.#half)
  }

  /** Keeps fewer from now on. */
  cut(most: number): void {
    this.#half = halfOf(most)
    if (this.held <= 2 * this.#half) return
    const all = [...this.#first, ...this.#last]
    this.#first = all.slice(0, this.#half)
    this.#last = all.slice(-this.#half)
  }

  get kept(): readonly EventOf<'turn_completed'>[] {
    return this.#last.length === 0 ? this.#first : [...this.#first, ...this.#last.slice(-this.#half)]
  }

  #count({ kind, ok }: TurnAction): void {
    if (ok === false) this.toolErrors += 1
    if (kind === 'shell') this.#commandFailed = ok === false
    if (!this.#commandFailed || (kind !== 'edit' && kind !== 'write')) return
    this.correctionLoops += 1
    this.#commandFailed = false
  }
}

function halfOf(most: number): number {
  return Math.max(1, Math.floor(most / 2))
}

/** The turns of all launches of a run, of which so many are kept that they stay few together. */
export class TurnsOfRun {
  readonly #launches = new Map<string, SeenTurns>()
  readonly #most: number
  #each: number
  #held = 0

  /** @param most - how many are kept of the whole run; a few of each launch are kept in any case */
  constructor(most: number) {
    this.#most = most
    this.#each = most
  }

  add(launch: string, turn: EventOf<'turn_completed'>): void {
    const seen = this.#launches.get(launch) ?? new SeenTurns(this.#each)
    this.#launches.set(launch, seen)
    const before = seen.held
    seen.add(turn)
    this.#held += seen.held - before
    if (this.#held > 2 * this.#most && this.#each > fewest) this.#cut()
  }

  of(launch: string): TurnsSeen {
    return this.#launches.get(launch) ?? none
  }

  #cut(): void {
    this.#each = Math.max(fewest, Math.floor(this.#most / this.#launches.size))
    this.#held = 0
    for (const seen of this.#launches.values()) {
      seen.cut(this.#each)
      this.#held += seen.held
    }
  }
}

/** Kept of each launch, however many there are. */
const fewest = 4
const none = new SeenTurns(fewest)
