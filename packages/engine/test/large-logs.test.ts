import { statSync } from 'node:fs'
import { join } from 'node:path'
import { command } from '@gump/agents'
import { expect, it } from 'vitest'
import { world } from './support/world.js'

const text = `
name: w
steps:
  - name: a
    agent: command:loud
    prompt: Go.
    gate: [{bash: "yes 'of a gate' | head -c 3000000"}]
`

it('logs and streams that are too large are cut, and the ledger says so', async () => {
  const loud = command({
    loud: { command: `bash -c "yes 'of an agent' | head -c 3000000; echo x > made"`, format: 'text' },
  })
  const { engine } = world({
    workflows: { w: text },
    script: '- do: [turn]',
    agents: [loud],
    settings: { maxLogBytes: 200_000 },
  })
  const run = await engine.start({ workflow: 'w' })
  expect(await run.result).toMatchObject({ status: 'passed' })
  const events = await engine.events(run.id)
  const told = events.flatMap((event) =>
    event.type === 'warning' && event.step === 'a' ? [event.message] : [],
  )
  expect(told).toEqual([
    expect.stringMatching(
      /^artifacts\/a\/1\/stream\.ndjson would be larger than 0\.2 MiB: 2\.\d MiB in its middle/u,
    ),
    expect.stringMatching(
      /^artifacts\/a\/1\/gates\/bash\.log would be larger than 0\.2 MiB: 2\.\d MiB in its middle/u,
    ),
  ])
  for (const name of ['stream.ndjson', 'gates/bash.log'])
    expect(statSync(join(run.dir, 'artifacts/a/1', name)).size).toBeLessThanOrEqual(200_000)
})
