import { parseAgentScript, scripted } from '@gump/agents'
import { createEngine, type RunResult } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import type { LedgerEvent } from '@gump/ledger'
import { playbook } from '@gump/workflows'
import { temporaryRepository, type TemporaryRepository } from '@gump/testkit'
import { afterEach } from 'vitest'

/**
 * The rules of a tiny project, so that gates are real processes and still quick: `src/<name>.js` compiles unless it
 * holds SYNTAX, and `test/<name>.test.js` passes when that file says "<name> works".
 */
const gateCommands = {
  compile: '! grep -rs SYNTAX src',
  test: [
    'for t in test/*.test.js; do [ -e "$t" ] || continue; n=$(basename "$t" .test.js)',
    'grep -qs "$n works" "src/$n.js" || { echo "not ok $n"; exit 1; }; done',
  ].join('; '),
  lint: 'true',
  tests_found: 'ls test/*.test.js',
}

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
  const repo = temporaryRepository({ 'README.md': '# Tiny\n', 'spec.md': 'Make alpha and beta work.\n' })
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
    prompt: (step, attempt) => repo.read(`.gump/runs/${run.id}/artifacts/${step}/${attempt}/prompt.md`),
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

/** A split into the two tasks that all these scripts work on. */
export function split(step: string, names: readonly string[] = ['alpha', 'beta']): string {
  const tasks = names.map((name) => ({
    name,
    description: `Make ${name} work`,
    files: [`src/${name}.js`, `test/${name}.test.js`],
  }))
  return `- match: {step: ${step}}\n  do: [{out: {plan: ${JSON.stringify(tasks)}}}]\n`
}

/** What one attempt writes: `works` is right, `broken` compiles but fails its test, `syntax` does not compile. */
export function writes(match: string, name: string, how: 'works' | 'broken' | 'syntax', more = ''): string {
  const content = { works: `${name} works\\n`, broken: `${name} is close\\n`, syntax: 'SYNTAX\\n' }[how]
  return `- match: {${match}}\n  do: [{write: {path: src/${name}.js, content: "${content}"}}${more}]\n`
}

export function test(name: string): string {
  return `, {write: {path: test/${name}.test.js, content: "checks ${name}\\n"}}`
}
