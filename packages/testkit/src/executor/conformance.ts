import { createEngine, type Engine, type ExecutorFactory, type Run } from '@gump/engine'
import type { LedgerEvent } from '@gump/ledger'
import { temporaryRepository } from '../temporary-repository.js'
import { executorScenarios, type ScenarioName } from './scenario.js'
import { type Tap, tapped, type Traffic } from './tap.js'

/** Kinds of requests that may come twice; a launch that is repeated has an id of its own. */
const repeatable: ReadonlySet<string> = new Set(['gate', 'collect', 'restore', 'workspace'])

/** One check of the suite: `run` rejects when the executor does not conform, and says why. */
export interface ExecutorConformanceCase {
  readonly name: string
  readonly run: () => Promise<void>
}

/** An executor under test, on one repository whose runs are those of {@link executorScenarios}. */
export interface ExecutorSubject {
  readonly factory: ExecutorFactory
  close(): Promise<void>
}

interface Played {
  readonly engine: Engine
  readonly run: Run
  readonly traffic: Traffic
  readonly git: (...args: readonly string[]) => string
}

/**
 * The conformance suite of step executors. It plays whole runs with real worktrees, gates and scripted agents, and
 * compares them with what the engine does by itself. It belongs to no test framework.
 *
 * @param open - the executor under test; it performs with the options of {@link executorScenarios}.
 *
 * @example
 * ```ts
 * for (const { name, run } of executorConformance((repo) => loopback(repo))) test(name, run)
 * ```
 */
export function executorConformance(
  open: (repo: string) => ExecutorSubject | Promise<ExecutorSubject>,
): readonly ExecutorConformanceCase[] {
  const play = async (
    workflow: ScenarioName,
    tap: Tap,
    look: (played: Played) => Promise<void>,
  ): Promise<void> => {
    const repo = temporaryRepository()
    const subject = await open(repo.dir)
    const traffic: Traffic = { requests: [], reports: [], results: [], complaints: [] }
    const engine = createEngine({
      ...executorScenarios(repo.dir),
      ambient: { executor: (local, run) => tapped(subject.factory(local, run), traffic, tap) },
    })
    try {
      const run = await engine.start({ workflow })
      await look({ engine, run, traffic, git: repo.git })
      expect(traffic.complaints.length === 0, traffic.complaints.join('; '))
    } finally {
      await engine.close()
      await subject.close()
      repo.remove()
    }
  }
  const same = (workflow: ScenarioName, tap: Tap) => async (): Promise<void> =>
    play(workflow, tap, async ({ engine, run, git }) => {
      const { status, commit } = await run.result
      expect(status === 'passed', `the run is ${status}`)
      const here = await reference(workflow)
      const events = await engine.events(run.id)
      const found = shape(events)
      expect(
        found === here.shape,
        `it reports\n${found}\nand should report\n${here.shape}\n${warnings(events)}\nand there\n${here.warnings}`,
      )
      expect(git('rev-parse', `${commit}^{tree}`) === here.tree, 'it leaves another tree')
    })

  const again = (workflow: ScenarioName) => async (): Promise<void> => {
    const differing: string[] = []
    const repeated = new Set<string>()
    const tap: Tap = {
      async after(executor, request, reports) {
        if (!repeatable.has(request.kind)) return
        repeated.add(request.kind)
        const types: string[] = []
        const other = new AbortController()
        await executor.execute(
          request,
          { report: ({ events }) => types.push(...events.map(({ type }) => type)), live: () => {} },
          other.signal,
        )
        const first = reports.flatMap(({ events }) => events.map(({ type }) => type))
        if (first.join() !== types.join()) differing.push(`${request.id}: ${first} and ${types}`)
      },
    }
    await play(workflow, tap, async ({ run }) => {
      const { status } = await run.result
      expect(status === 'passed', `the run is ${status}`)
      expect(differing.length === 0, differing.join('; '))
      const expected = workflow === 'beside' ? ['collect', 'gate', 'workspace'] : ['collect', 'gate']
      const missing = expected.filter((kind) => !repeated.has(kind))
      expect(missing.length === 0, `no ${missing.join(' or ')} was repeated`)
    })
  }

  return [
    { name: 'one step after the other, with a retry, as without the executor', run: same('retried', {}) },
    { name: 'side by side as without the executor', run: same('beside', {}) },
    { name: 'reports that come twice are recorded once', run: same('retried', { twice: true }) },
    { name: 'reports that come after the result are left out', run: same('retried', { late: true }) },
    {
      name: 'a request says what it is for',
      run: async () =>
        play('retried', {}, async ({ run, traffic }) => {
          await run.result
          const ids = traffic.requests.map(({ id }) => id)
          expect(new Set(ids).size === ids.length, 'two requests have one id')
          const launches = traffic.requests.filter(({ kind }) => kind === 'launch')
          expect(launches.length === 2, `${launches.length} launches were asked for, not 2`)
          for (const { v, run: of, step, round, attempt, launch, workspace, base, after } of launches) {
            const complete = [step, round, attempt, launch, workspace, base].every((part) => part !== null)
            expect(v === 1 && of === run.id && complete && after > 0, 'a launch does not say all')
          }
        }),
    },
    { name: 'the same request again has the same result', run: again('retried') },
    { name: 'the same request again has the same result, side by side', run: again('beside') },
    {
      name: 'a cancelled launch ends, is reported as cancelled, and the run can be resumed',
      run: async () =>
        play('long', {}, async ({ engine, run, traffic }) => {
          for await (const { type } of run.events) if (type === 'agent_launched') break
          await run.cancel('enough')
          const { status } = await run.result
          expect(status === 'cancelled', `the run is ${status}`)
          const killed = traffic.reports
            .flatMap(({ events }) => events)
            .find((e) => e.type === 'agent_killed')
          expect(killed?.type === 'agent_killed' && killed.by === 'cancel', 'the agent was not cancelled')
          const resumed = await engine.resume({ run: run.id })
          const end = await resumed.result
          expect(end.status === 'passed', `the resumed run is ${end.status}: ${end.reason}`)
        }),
    },
  ]
}

/** What the engine does by itself. */
async function reference(
  workflow: ScenarioName,
): Promise<{ readonly shape: string; readonly warnings: string; readonly tree: string }> {
  const repo = temporaryRepository()
  const engine = createEngine(executorScenarios(repo.dir))
  try {
    const run = await engine.start({ workflow })
    const { commit } = await run.result
    const events = await engine.events(run.id)
    return {
      shape: shape(events),
      warnings: warnings(events),
      tree: repo.git('rev-parse', `${commit}^{tree}`),
    }
  } finally {
    await engine.close()
    repo.remove()
  }
}

/** What was reported of each step, in order; steps side by side take turns as they like. */
function shape(events: readonly LedgerEvent[]): string {
  const lines = events.map((event) => [('step' in event ? event.step : undefined) ?? '', event.type] as const)
  const steps = [...new Set(lines.map(([step]) => step))].toSorted()
  return steps
    .map((step) => {
      const types = lines.filter(([of]) => of === step).map(([, type]) => type)
      // Worktrees of branches are made and merged in turns.
      return `${step}: ${(step === '' ? types.toSorted() : types).join(' ')}`
    })
    .join('\n')
}

/** What a difference is about, more often than not. */
function warnings(events: readonly LedgerEvent[]): string {
  return events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])).join('\n')
}

function expect(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise)
}
