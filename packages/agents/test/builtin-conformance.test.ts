import { builtinAgents } from '@gump/agents'
import { agentConformance, readFixtures } from '@gump/agents/conformance'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'

for (const adapter of builtinAgents()) {
  const folder = fileURLToPath(new URL(`fixtures/${adapter.name}`, import.meta.url))
  if (!existsSync(folder)) continue
  describe(`${adapter.name} conforms`, () => {
    for (const { name, run } of agentConformance(adapter, readFixtures(folder))) it(name, run)
  })
}
