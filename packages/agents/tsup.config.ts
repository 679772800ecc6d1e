import { defineConfig } from 'tsup'

// Declarations come from `tsc -b` into the same folder, so tsup neither emits nor cleans them.
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'conformance/index': 'src/conformance/index.ts',
    'acp/main': 'src/acp/main.ts',
    'follow/main': 'src/follow/main.ts',
  },
  format: 'esm',
  target: 'node20',
  dts: false,
  clean: false,
  sourcemap: true,
})
