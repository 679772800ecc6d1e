import { parseAgentScript, scripted } from '@gump/agents'
import type { EngineOptions } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { memoryPlaybook } from '@gump/schema'

const workflows = [
  {
    ref: 'retried',
    text: `name: retried
steps:
  - name: write
    type: code
    agent: scripted
    prompt: "Write the file."
    gate: [{bash: "test -f right.txt"}]
    retry: [{exit: 3}]
  - name: check
    gate: [{bash: "test -f right.txt"}]
`,
  },
  {
    ref: 'beside',
    text: `name: beside
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: true
    each:
      - name: impl
        type: code
        agent: scripted
        gate: [{bash: "ls *.txt"}]
`,
  },
  {
    ref: 'long',
    text: `name: long
steps:
  - {name: wait, type: code, agent: scripted, prompt: "Wait.", gate: [{bash: "true"}]}
`,
  },
] as const

const script = `
- match: {step: write, attempt: 1}
  do: [turn, {write: {path: wrong.txt, content: "1"}}, {usage: {input: 10, output: 5, cost_usd: 0.25}}]
- match: {step: write, attempt: 2}
  do: [turn, {write: {path: right.txt, content: "2"}}, {usage: {input: 20, output: 5, cost_usd: 0.5}}]
- match: {step: plan}
  do: [{out: {plan: [{name: a, description: A}, {name: b, description: B}]}}]
- match: {step: impl, task: a}
  do: [turn, {write: {path: a.txt, content: "a"}}, {usage: {input: 1, output: 1, cost_usd: 0.1}}]
- match: {step: impl, task: b}
  do: [turn, {write: {path: b.txt, content: "b"}}, {usage: {input: 1, output: 1, cost_usd: 0.1}}]
- match: {step: wait, round: 1, launch: 1}
  do: [turn, {sleep: 10m}]
- match: {step: wait}
  do: [turn, {write: {path: waited.txt, content: "w"}}]
`

/** Name of a workflow of the suite. */
export type ScenarioName = (typeof workflows)[number]['ref']

/** The engine that the conformance suite of executors runs, and that performs effects for it in other processes. */
export function executorScenarios(repo: string): EngineOptions {
  return {
    repo,
    playbook: memoryPlaybook({ origin: 'builtin', workflows }),
    agents: [scripted(parseAgentScript(script, 'agents.yaml'))],
    gates: builtinGates,
    guards: builtinGuards,
    settings: { sandbox: { mode: 'off', writable: [], hide: [] } },
  }
}
