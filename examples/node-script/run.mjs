// Runs a workflow with the engine as a library: node run.mjs [REPOSITORY]
//
// The scripted agent stands in for a real one, so that this costs nothing; without a repository, a sample is made.
import { readFileSync } from 'node:fs'
import { claude, codex, parseAgentScript, scripted } from '@gump/agents'
import { createEngine } from '@gump/engine'
import { isGumpError } from '@gump/errors'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { playbook } from '@gump/workflows'
import { createSampleRepository } from './sample-repository.mjs'

const repo = process.argv[2] ?? createSampleRepository()
const script = parseAgentScript(readFileSync(new URL('agent.yaml', import.meta.url), 'utf8'), 'agent.yaml')

const engine = createEngine({
  repo,
  playbook,
  agents: [claude(), codex(), scripted(script)],
  gates: builtinGates,
  guards: builtinGuards,
})

// The engine installs no signal handlers: what Ctrl-C means is for this script to say.
const interrupt = new AbortController()
process.once('SIGINT', () => interrupt.abort())

try {
  const run = await engine.start({
    workflow: 'freeform',
    spec: 'spec.md',
    agent: 'scripted',
    maxBudget: 5,
    signal: interrupt.signal,
  })
  run.onLive(({ event }) => {
    if (event.type === 'text') console.log(`  ${event.text}`)
  })
  for await (const event of run.events) {
    if (event.type === 'gate_failed') console.log(`${event.step}: ${event.gate} failed`)
    else console.log(event.type)
  }

  const { status, usage, steps, commit } = await run.result
  console.log({ status, costUsd: usage.cost_usd, steps, commit })
  if (status === 'passed') {
    const applied = await engine.apply(run.id)
    console.log(`${applied.status}: ${applied.files.map(({ path }) => path).join(', ')}`)
  } else process.exitCode = 1
} catch (error) {
  if (!isGumpError(error)) throw error
  // Every error a person can cause has a code, data and, mostly, a remedy.
  console.error(`${error.code}: ${error.message}`)
  if (error.remedy !== undefined) console.error(error.remedy)
  process.exitCode = 2
} finally {
  await engine.close()
}
