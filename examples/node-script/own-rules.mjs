// A playbook, a gate and a guard of our own beside the built-in ones: node own-rules.mjs [REPOSITORY]
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAgentScript, scripted } from '@gump/agents'
import { createEngine } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { cascade, directoryPlaybook } from '@gump/schema'
import { playbook } from '@gump/workflows'
import { licenseHeader, maxFiles } from 'gump-house-rules'
import { createSampleRepository } from './sample-repository.mjs'

const repo = process.argv[2] ?? createSampleRepository()
const dir = fileURLToPath(new URL('workflows', import.meta.url))

// First it writes too many files, then one without a header, then what was asked for.
const script = parseAgentScript(
  `
- match: {attempt: 1}
  do: [{write: {path: a.js, content: ""}}, {write: {path: b.js, content: ""}}, {write: {path: c.js, content: ""}}]
- match: {attempt: 2}
  do: [{write: {path: greet.js, content: "export const greet = 1\\n"}}]
- do: [{write: {path: greet.js, content: "// SPDX-License-Identifier: MIT\\nexport const greet = 1\\n"}}]
`,
  'own-rules.mjs',
)

const engine = createEngine({
  repo,
  // The first playbook that has a workflow of that name wins.
  playbook: cascade([directoryPlaybook({ origin: 'project', dir, displayRoot: dir }), playbook]),
  agents: [scripted(script)],
  gates: [...builtinGates, licenseHeader],
  guards: [...builtinGuards, maxFiles],
  settings: { sandbox: { mode: 'auto', writable: [], hide: [join(homedir(), '.ssh')] }, jobs: 1 },
})

try {
  // A plan creates nothing; what would go wrong is in its diagnostics.
  const plan = await engine.plan({ workflow: 'one-file', spec: 'spec.md' })
  for (const { path, agent, gates } of plan.steps) {
    console.log(`${path}: by ${agent}, judged by ${gates.map(({ name }) => name).join(', ')}`)
  }

  const run = await engine.start({ workflow: 'one-file', spec: 'spec.md' })
  for await (const event of run.events) {
    if (event.type === 'guard_triggered') console.log(`${event.guard}: ${event.reason}`)
    if (event.type === 'gate_failed') console.log(`${event.gate}: ${event.error}`)
  }
  const { status } = await run.result
  console.log(status)
} finally {
  await engine.close()
}
