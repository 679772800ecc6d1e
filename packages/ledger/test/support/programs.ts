import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'

export type Child = ChildProcessByStdio<Writable, Readable, null>

/** Bundles a program of `test/programs` from the sources, so that child processes run what is tested here. */
export async function bundleProgram(name: string): Promise<{ readonly file: string; readonly dir: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'gump-ledger-program-'))
  await build({
    entry: [fileURLToPath(new URL(`../programs/${name}.ts`, import.meta.url))],
    outDir: dir,
    format: 'esm',
    target: 'node20',
    dts: false,
    clean: false,
    silent: true,
    config: false,
    outExtension: () => ({ js: '.mjs' }),
    noExternal: [/.*/],
    external: [/^ajv/],
    esbuildOptions(options) {
      options.alias = {
        '@gump/errors': fileURLToPath(new URL('../../../errors/src/index.ts', import.meta.url)),
      }
    },
  })
  return { file: join(dir, `${name}.mjs`), dir }
}

export function start(command: string, args: readonly string[]): Child {
  return spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
}

/** Resolves with the first line the child prints. */
export async function firstLine(child: Child): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    const end = text.indexOf('\n')
    if (end !== -1) return text.slice(0, end)
  }
  return text
}

export function ended(child: Child): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('close', (code) => resolve(code)))
}
