import { defineConfig } from 'tsup'

// The command line framework and the prompts are bundled, which halves the time to start; the packages of Gump stay
// packages. Nobody imports this one, so it has no declarations, and the folder holds nothing else.
export default defineConfig({
  entry: ['src/main.ts', 'src/commands.ts'],
  format: 'esm',
  target: 'node20',
  splitting: true,
  dts: false,
  clean: true,
  sourcemap: true,
  // What is bundled is CommonJS in part and asks for Node's modules with `require`. Asking Node for them directly spares
  // the start of its CommonJS loader, a fifth of the time that help takes.
  banner: {
    js: [
      "import { createRequire as gumpCreateRequire } from 'node:module';",
      'const require = (id) => process.getBuiltinModule(id) ?? gumpCreateRequire(import.meta.url)(id);',
      'require.resolve = (...args) => gumpCreateRequire(import.meta.url).resolve(...args);',
    ].join(' '),
  },
})
