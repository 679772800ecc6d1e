import { type AgentAdapter, parseAgentScript, scripted } from '@gump/agents'
import { createEngine, type Engine, type FaultPoint } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { type ContainmentLevel, createProcessRunner, type ProcessRunner } from '@gump/process'
import { playbook } from '@gump/workflows'
import { openWorkspace } from '@gump/workspace'
import { asProcess } from '../embedded-process/as-process.js'
import type { Scenario } from './scenarios.js'
import { gateCommands } from './tiny-project.js'

/** How a scenario is played. */
export interface EngineSetup {
  readonly repo: string
  readonly scenario: Scenario
  /** Absent: played inside the engine; otherwise real processes, contained at this level. */
  readonly processes?: ContainmentLevel
  readonly fault?: FaultPoint
  /** Agents do not sleep. */
  readonly hurry?: boolean
}

/** An engine on a repository whose agents all play the scenario's script. */
export function openScenarioEngine(setup: EngineSetup): Engine {
  const { repo } = setup
  const env = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], HOME: '/nonexistent', LC_ALL: 'C' }
  const fault = setup.fault ?? ((): void => {})
  const level = setup.processes
  // No two processes have one time: what is done again must not depend on coming to the same commit.
  const now = (): number => Date.now() + process.pid * 60_000
  const runner = createProcessRunner(level === undefined ? { env } : { env, forceLevel: level })
  return createEngine({
    repo,
    playbook,
    agents: agentsOf(setup),
    gates: builtinGates,
    guards: builtinGuards,
    settings: { gateCommands, jobs: 2, sandbox: { mode: 'off', writable: [], hide: [] } },
    ambient: {
      env,
      home: '/nonexistent',
      faults: fault,
      processes: watched(runner, fault),
      workspace: (dir) => openWorkspace(dir, { env, now, fault }),
    },
  })
}

function agentsOf({ scenario, processes, hurry }: EngineSetup): readonly AgentAdapter[] {
  const text = hurry === true ? scenario.script.replaceAll(/sleep: \w+/gu, 'sleep: 0') : scenario.script
  const script = parseAgentScript(text, `${scenario.name}.yaml`)
  return ['claude', 'codex', 'qwen'].map((name) => {
    const agent = scripted(script, { name })
    const resume = !scenario.forgetful.includes(name)
    const played = { ...agent, capabilities: { ...agent.capabilities, resume } }
    return processes === undefined ? played : asProcess(played)
  })
}

/** The engine's fault points end where a process is about to start; one more is while it runs. */
function watched(runner: ProcessRunner, fault: FaultPoint): ProcessRunner {
  return {
    ...runner,
    async start(spec, listeners) {
      const started = await runner.start(spec, listeners)
      fault(`running:${spec.container}`)
      return started
    },
  }
}
