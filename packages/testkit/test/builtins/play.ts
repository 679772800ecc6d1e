import { parseAgentScript, scripted } from '@gump/agents'
import { createEngine, type RunResult } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import type { LedgerEvent } from '@gump/ledger'
import { playbook } from '@gump/workflows'
import { temporaryRepository, type TemporaryRepository } from '@gump/testkit'
import { afterEach } from 'vitest'
import { gateCommands, projectFiles } from '../../src/crash/tiny-project.js'

export interface Played {
  readonly result: RunResult
  readonly events: readonly LedgerEvent[]
  readonly repo: TemporaryRepository
  /** The prompt of one attempt. */
  prompt(step: string, attempt: number | string): string
  /** `agent@attempt` of every launch of a step, in order. */
  launches(step: string): readonly string[]
  /** Content of a file at the tip of the run, or null. */
  file(path: string): string | null
}

const repositories: TemporaryRepository[] = []
afterEach(() => {
  for (const repo of repositories.splice(0)) repo.remove()
})

/** Plays a built-in workflow with scripted agents in place of all the agents it names. */
export async function play(
  workflow: string,
  script: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Played> {
  const repo = temporaryRepository(projectFiles)
  repositories.push(repo)
  const parsed = parseAgentScript(script, 'agents.yaml')
  const engine = createEngine({
    repo: repo.dir,
    playbook,
    agents: ['claude', 'codex', 'qwen'].map((name) => scripted(parsed, { name })),
    gates: builtinGates,
    guards: builtinGuards,
    settings: { gateCommands, sandbox: { mode: 'off', writable: [], hide: [] } },
  })
  const run = await engine.start({ workflow, spec: 'spec.md', inputs })
  const result = await run.result
  const events = await engine.events(run.id)
  await engine.close()
  return {
    result,
    events,
    repo,
    prompt: (step, attempt) => repo.read(`.gump/runs/${run.id}/artifacts/${step}/${attempt}/prompt.txt`),
    launches: (step) =>
      events.flatMap((e) =>
        e.type === 'agent_launching' && e.step === step ? [`${e.agent}@${e.attempt}`] : [],
      ),
    file(path) {
      try {
        return repo.git('show', `${result.commit}:${path}`)
      } catch {
        return null
      }
    },
  }
}
