import { defineConfig } from 'tsup'

// Declarations come from `tsc -b` into the same folder, so tsup neither emits nor cleans them.
export default defineConfig({
  // The defaults alone, for programs that show settings without running anything.
  entry: ['src/index.ts', 'src/ambient/default-settings.ts'],
  format: 'esm',
  target: 'node20',
  dts: false,
  clean: false,
  sourcemap: true,
})
