import { describe, it } from 'vitest'
import { executorConformance, loopback } from '../../src/executor/index.js'

describe('effects performed by this process', () => {
  const here = { factory: (local: Parameters<ReturnType<typeof loopback>['factory']>[0]) => local }
  for (const { name, run } of executorConformance(() => ({ ...here, close: async () => {} }))) it(name, run)
})

describe('effects performed by another process', () => {
  for (const { name, run } of executorConformance((repo) => loopback(repo))) it(name, run, 60_000)
})
