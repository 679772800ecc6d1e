import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

// Tests run against the sources of every package, never against a build that may be stale.
const alias = [
  { find: /^@gump\/agents\/conformance$/, replacement: `${root}packages/agents/src/conformance/index.ts` },
  { find: /^@gump\/testkit\/any-event$/, replacement: `${root}packages/testkit/src/any-event.ts` },
  { find: /^@gump\/workflows$/, replacement: `${root}workflows/src/index.ts` },
  { find: /^@gump\/([a-z-]+)$/, replacement: `${root}packages/$1/src/index.ts` },
]

export default defineConfig({
  resolve: { alias },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'apps/*/test/**/*.test.ts',
      'workflows/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/fixtures/**', 'examples/sample-*/**'],
    globalSetup: ['test/setup/build.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    disableConsoleIntercept: true,
    maxWorkers: 2,
  },
})
