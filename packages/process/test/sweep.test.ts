import { describe, expect, it } from 'vitest'
import type { ProcessIdentity } from '../src/kernel/identity.js'
import type { Members } from '../src/kernel/members-query.js'
import { sweep, type SweepWorld } from '../src/terminate/sweep.js'
import { createDying } from '../src/terminate/survivors.js'

const query = { container: 'c' }
const process = (pid: number): ProcessIdentity => ({ pid, pidStart: String(pid) })

/** A machine whose time passes with each pause, and whose looks are given in advance; the last one repeats. */
function machine(options: {
  readonly looks: readonly (readonly number[])[]
  /** Pauses after which a process is gone. */
  readonly livesFor: Readonly<Record<number, number>>
  readonly pauseMs: number
}): SweepWorld & { readonly killed: number[] } {
  let pauses = 0
  let looked = 0
  const killed: number[] = []
  return {
    killed,
    now: () => pauses * options.pauseMs,
    isAlive: ({ pid }) => pauses < (options.livesFor[pid] ?? 0),
    look(): Members {
      const pids = options.looks[Math.min(looked, options.looks.length - 1)] ?? []
      looked += 1
      return { members: pids.map(process), unreadable: 0, ended: [] }
    },
    kill: (pid) => void killed.push(pid),
    createPause: () => async () => void (pauses += 1),
  }
}

describe('a sweep', () => {
  it('finds nothing wrong when nothing is left, however late that is seen', async () => {
    // The machine was so busy that the limit had passed before anybody looked again.
    const world = machine({ looks: [[1, 2], []], livesFor: { 1: 1, 2: 1 }, pauseMs: 60_000 })
    expect(await sweep(query, world)).toBe(2)
    expect(world.killed).toEqual([1, 2])
  })

  it('gives each process its time, also one that appears when the others have had theirs', async () => {
    const late = machine({ looks: [[1], [1, 2], [2], []], livesFor: { 1: 2, 2: 8 }, pauseMs: 4000 })
    expect(await sweep(query, late)).toBe(2)
  })

  it('names those that stay, and nobody else', async () => {
    const stuck = machine({ looks: [[1, 2]], livesFor: { 1: 3, 2: Number.POSITIVE_INFINITY }, pauseMs: 200 })
    await expect(sweep(query, stuck)).rejects.toMatchObject({
      code: 'GUMP-X002',
      message: 'processes of c survived being killed: 2',
      data: { container: 'c', pids: [2] },
    })
  })

  it('gives up on processes that never stop bringing forth others', async () => {
    const looks = Array.from({ length: 100 }, (_, at) => [at + 1])
    const livesFor = Object.fromEntries(looks.map(([pid = 0]) => [pid, 0]))
    const endless = machine({ looks, livesFor, pauseMs: 1000 })
    await expect(sweep(query, endless)).rejects.toMatchObject({ data: { pids: [62] } })
  })

  it('calls nothing a survivor that it has hardly looked at', () => {
    let now = 0
    const dying = createDying('c', { now: () => now, isAlive: () => true })
    dying.add(process(7))
    now = 1_000_000
    expect(dying.left()).toEqual([process(7)])
  })
})
