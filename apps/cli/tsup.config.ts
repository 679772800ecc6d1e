import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defineConfig } from 'tsup'

import { commandWords, type DeclaredCommand } from './build/command-words.js'
import { lateCharacterTables } from './build/late-character-tables.js'
import { ownPackagesFromSource, sharedFiles, sharedModule } from './build/own-packages.js'

/** The commands for the overview, and all their words for completion: neither loads the commands themselves. */
async function listCommands(): Promise<void> {
  const { COMMANDS } = (await import(pathToFileURL('dist/commands.js').href)) as {
    COMMANDS: Readonly<Record<string, DeclaredCommand>>
  }
  const list = Object.entries(COMMANDS)
    .filter(([id]) => !id.includes(':'))
    .map(([name, { summary }]) => ({ name, summary: summary ?? '' }))
  await writeFile('dist/commands.json', JSON.stringify(list))
  await writeFile('dist/command-words.json', JSON.stringify(commandWords(COMMANDS)))
}

async function writeSharedFiles(): Promise<void> {
  for (const [path, text] of Object.entries(sharedFiles())) {
    const file = join('dist', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}

// Everything is bundled, Gump's own packages from their sources: a command opens a few files and compiles what it uses.
// Plugins get the same copy of these packages through `dist/packages`. Nobody imports this package, so it has no
// declarations, and the folder holds nothing else. See docs/adr/0005-commands-load-what-they-do.md.
export default defineConfig({
  entry: {
    main: 'src/main.ts',
    commands: 'src/commands.ts',
    overview: 'src/overview.ts',
    complete: 'src/complete.ts',
    'acp/main': '../../packages/agents/src/acp/main.ts',
    'follow/main': '../../packages/agents/src/follow/main.ts',
    'plugin-imports': sharedModule,
  },
  esbuildPlugins: [ownPackagesFromSource, lateCharacterTables],
  noExternal: [/.*/],
  // Almost a megabyte, which is loaded with `require` at the first question about a price.
  external: ['@pydantic/genai-prices'],
  async onSuccess() {
    await writeSharedFiles()
    await listCommands()
  },
  format: 'esm',
  target: 'node20',
  splitting: true,
  dts: false,
  clean: true,
  sourcemap: true,
  esbuildOptions(options) {
    // Names stay: they are in stack traces, and in the names of errors.
    options.minifyWhitespace = true
    options.minifySyntax = true
    options.legalComments = 'none'
  },
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
