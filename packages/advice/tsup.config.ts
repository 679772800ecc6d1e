import { defineConfig } from 'tsup'

// Declarations come from `tsc -b` into the same folder, so tsup neither emits nor cleans them.
export default defineConfig({
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node20',
  dts: false,
  clean: false,
  sourcemap: true,
})
