import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type LaunchPlan, type LaunchRequest, parseAgentScript, scripted } from '@gump/agents'
import { createEngine, type EngineOptions } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { createProcessRunner } from '@gump/process'
import { memoryPlaybook } from '@gump/schema'
import { asProcess, temporaryRepository, type TemporaryRepository } from '@gump/testkit'
import { afterEach, describe, expect, it } from 'vitest'

const secret = 'sk-live-0123456789abcdef'
const env = { ...process.env, ANTHROPIC_API_KEY: secret }

const repositories: TemporaryRepository[] = []
afterEach(() => {
  for (const repo of repositories.splice(0)) repo.remove()
})

/** Plays one step with an agent that is a real process. */
async function play(
  step: string,
  script: string,
  more: Partial<Pick<EngineOptions, 'agents' | 'settings'>> = {},
) {
  const repo = temporaryRepository()
  repositories.push(repo)
  const engine = createEngine({
    repo: repo.dir,
    playbook: memoryPlaybook({
      origin: 'builtin',
      workflows: [{ ref: 'w', text: `name: w\nsteps:\n  - ${step}\n` }],
    }),
    agents: [asProcess(scripted(parseAgentScript(script, 'agents.yaml')))],
    gates: builtinGates,
    guards: builtinGuards,
    ambient: { env },
    ...more,
  })
  const run = await engine.start({ workflow: 'w' })
  const result = await run.result
  const events = await engine.events(run.id)
  await engine.close()
  return { repo, run, result, events }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}

/** Processes that inherited the marker of a run's containers. */
function processesOf(runId: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`GUMP_CONTAINER=${runId}`)
      )
    } catch {
      // It has ended meanwhile.
      return false
    }
  })
}

const { sandbox } = await createProcessRunner().probe()

describe('an agent that is a process', () => {
  it.runIf(sandbox)('cannot write in a read-only step', async () => {
    const { events, result } = await play(
      '{name: a, type: artifact, agent: scripted, prompt: go}',
      '- do: [turn, {write: {path: sneaky, content: x}}, {out: {artifact: text}}]',
    )
    expect(result.status).toBe('failed')
    expect(events.find((e) => e.type === 'agent_launched')).toMatchObject({
      level: 'namespace',
      sandbox: 'enforced',
    })
    expect(events.some((e) => e.type === 'warning' || e.type === 'guard_triggered')).toBe(true)
  })

  it.runIf(sandbox)('still hands over its output there', async () => {
    const { result } = await play(
      '{name: a, type: artifact, agent: scripted, prompt: go}',
      '- do: [turn, {out: {artifact: text}}]',
    )
    expect(result.status).toBe('passed')
  })

  it.runIf(sandbox)('finds the folders of its state in a strict sandbox, also on its first day', async () => {
    // Not among the temporary files, which stay writable.
    mkdirSync(join(import.meta.dirname, '..', '.cache'), { recursive: true })
    const home = mkdtempSync(join(import.meta.dirname, '..', '.cache', 'home-'))
    const state = join(home, '.agent', 'sessions')
    const script = '- do: [turn, {write: {path: a.txt, content: x}}]'
    const agent = asProcess(scripted(parseAgentScript(script, 'agents.yaml')))
    const launch = (request: LaunchRequest): LaunchPlan => {
      const plan = agent.launch(request)
      if (plan.kind !== 'process') throw new TypeError('it is a process')
      const args = ['-c', 'echo x > "$0/one" && exec "$@"', state, plan.file, ...plan.args]
      return { ...plan, file: 'sh', args, stateDirs: [state] }
    }
    const step = '{name: a, agent: scripted, prompt: go, gate: [{bash: "test -e a.txt"}]}'
    try {
      const { result, events } = await play(step, script, {
        agents: [{ ...agent, launch }],
        settings: { sandbox: { mode: 'strict', writable: [], hide: [] } },
      })
      expect(events.find((e) => e.type === 'agent_launched')).toMatchObject({ sandbox: 'enforced' })
      expect([result.reason, result.status]).toEqual([undefined, 'passed'])
      expect(readFileSync(join(state, 'one'), 'utf8')).toBe('x\n')
    } finally {
      rmSync(home, { recursive: true })
    }
  })

  it('leaves no process when a guard stops it', async () => {
    const { run, events } = await play(
      '{name: a, agent: scripted, prompt: go, guard: {max_turns: 1}}',
      '- do: [turn, turn, {sleep: 1h}]',
    )
    expect(events.find((e) => e.type === 'agent_killed')).toMatchObject({ by: 'guard' })
    expect(processesOf(run.id)).toEqual([])
  })

  it('leaves its secrets nowhere, and gates do not get them', async () => {
    const { repo, run, result } = await play(
      '{name: a, agent: scripted, prompt: go, gate: [{bash: "! env | grep ANTHROPIC"}]}',
      `- do: [turn, {text: "my key is ${secret}"}, {write: {path: a.txt, content: x}}, {stderr: "${secret}"}]`,
    )
    expect(result.status).toBe('passed')
    const kept = filesBelow(join(repo.dir, '.gump', 'runs', run.id))
    expect(kept.length).toBeGreaterThan(5)
    expect(kept.filter((file) => readFileSync(file, 'utf8').includes(secret))).toEqual([])
  })
})
