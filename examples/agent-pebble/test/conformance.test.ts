import { fileURLToPath } from 'node:url'
import { agentConformance, readFixtures } from '@gump/agents/conformance'
import { test } from 'vitest'
import adapter from '../src/index.js'

const fixtures = readFixtures(fileURLToPath(new URL('fixtures', import.meta.url)))

for (const { name, run } of agentConformance(adapter, fixtures)) test(name, run)
