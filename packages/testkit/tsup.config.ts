import { defineConfig } from 'tsup'

// Declarations come from `tsc -b` into the same folder, so tsup neither emits nor cleans them.
const common = { format: 'esm', target: 'node20', dts: false, clean: false, sourcemap: true } as const

export default defineConfig([
  {
    ...common,
    entry: {
      index: 'src/index.ts',
      'any-event': 'src/any-event.ts',
      'fake-model/main': 'src/fake-model/main.ts',
      'crash/index': 'src/crash/index.ts',
      'executor/index': 'src/executor/index.ts',
      'executor/performer': 'src/executor/performer.ts',
    },
  },
  {
    ...common,
    // Started thousands of times: one file starts in half the time.
    entry: { 'crash/child': 'src/crash/child.ts' },
    noExternal: [/.*/],
    splitting: false,
    banner: {
      js: "import { createRequire as gumpRequire } from 'node:module'; const require = gumpRequire(import.meta.url);",
    },
  },
])
