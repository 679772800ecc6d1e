import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { defineConfig } from 'tsup'

/** Names and summaries of the commands, for the overview that is printed without loading them. */
async function listCommands(): Promise<void> {
  const { COMMANDS } = (await import(pathToFileURL('dist/commands.js').href)) as {
    COMMANDS: Record<string, { readonly summary?: string }>
  }
  const list = Object.entries(COMMANDS)
    .filter(([id]) => !id.includes(':'))
    .map(([name, { summary }]) => ({ name, summary: summary ?? '' }))
  await writeFile('dist/commands.json', JSON.stringify(list))
}

// The command line framework and the prompts are bundled, which halves the time to start; the packages of Gump stay
// packages. Nobody imports this one, so it has no declarations, and the folder holds nothing else.
export default defineConfig({
  entry: ['src/main.ts', 'src/commands.ts', 'src/overview.ts'],
  onSuccess: listCommands,
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
