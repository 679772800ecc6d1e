import type { Chain, RunRecord } from '@gump/advice'

/** Tries as `a` for a failure of the agent a, and `a+` for a pass. */
export function chain(tries: string, over: Partial<Chain> = {}): Chain {
  return {
    step: 'impl',
    kind: null,
    gaveUp: true,
    tries: tries.split(' ').map((written) => ({
      agent: written.replace('+', ''),
      model: null,
      passed: written.endsWith('+'),
      recalled: false,
      microUsd: costs[written.replace('+', '')] ?? 100_000,
      durationMs: 60_000,
    })),
    ...over,
  }
}

const costs: Readonly<Record<string, number>> = { cheap: 100_000, good: 1_000_000, dear: 5_000_000 }

/** A run of the workflow `w`. */
export function runOf(at: number, chains: readonly Chain[], over: Partial<RunRecord> = {}): RunRecord {
  const microUsd = chains.flatMap(({ tries }) => tries).reduce((sum, one) => sum + (one.microUsd ?? 0), 0)
  return {
    id: `run-${String(at).padStart(4, '0')}`,
    alias: `run ${at}`,
    workflow: 'w',
    at,
    status: 'passed',
    replay: false,
    microUsd,
    durationMs: 60_000,
    tasks: chains.length,
    inTasks: { microUsd, durationMs: 30_000 },
    began: {},
    chains,
    ...over,
  }
}

/** As many runs of one task each, gone through in turn. */
export function runsOf(count: number, ...tries: readonly string[]): RunRecord[] {
  return Array.from({ length: count }, (_, n) => runOf(n, [chain(tries[n % tries.length] ?? '')]))
}
