import type { Engine, EngineOptions } from './contract.js'
import { applyRun } from './lifecycle/apply-run.js'
import { collectGarbage } from './lifecycle/collect-garbage.js'
import { cancelRun } from './lifecycle/cancel-run.js'
import { planRun } from './lifecycle/plan-run.js'
import { replayRun } from './lifecycle/replay-run.js'
import { resumeRun } from './lifecycle/resume-run.js'
import { openSetup, type Setup } from './lifecycle/setup.js'
import { startRun } from './lifecycle/start-run.js'
import { readingMethods } from './reading/reader.js'

/**
 * An engine for one repository. It holds no agent, gate or guard of its own: what it may use is given to it.
 *
 * Relative paths in requests are taken from `options.repo`.
 *
 * @example
 * ```ts
 * const engine = createEngine({ repo: '.', playbook, agents: [claude()], gates: builtinGates, guards: builtinGuards })
 * const run = await engine.start({ workflow: 'tdd', spec: 'spec.md', maxBudget: 5 })
 * for await (const event of run.events) console.log(event.type)
 * const { status, usage } = await run.result
 * if (status === 'passed') await engine.apply(run.id)
 * await engine.close()
 * ```
 */
export function createEngine(options: EngineOptions): Engine {
  let opened: Promise<Setup> | null = null
  const setup = (): Promise<Setup> => (opened ??= openSetup(options))
  return {
    plan: async (request) => planRun(await setup(), request, options.repo),
    start: async (request) => startRun(await setup(), request, options.repo),
    resume: async (request) => resumeRun(await setup(), request),
    replay: async (request) => replayRun(await setup(), request, options.repo),
    apply: async (run, apply) => applyRun(await setup(), run, apply ?? {}),
    ...readingMethods(setup),
    async cancel(run) {
      const found = await setup()
      await cancelRun(found, await found.store.find(run), (pid) => process.kill(pid, 'SIGTERM'))
    },
    gc: async (request) => collectGarbage(await setup(), request ?? {}),
    async close() {
      if (opened !== null) await (await opened.catch(() => null))?.workspace.close()
    },
  }
}
