import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { onTestFinished } from 'vitest'

import type { World } from './world.js'

/** What one command asked of the system. */
export interface Counts {
  /** Processes of its own, those inside containers left out: what it started itself, and every git. */
  readonly processes: number
  /** Those processes by the name of the program; git by its command. */
  readonly byName: Readonly<Record<string, number>>
  /** Times it stood still until a file or a folder was on the disk. */
  readonly barriers: number
  /** Files and folders that it opened or read by a path; what is loaded as code is left out. */
  readonly opened: number
}

/** Counts in the process itself, through the functions of Node that everything goes through. */
const counter = `
import child from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const counts = { spawned: [], barriers: 0, opened: 0 }
const spawn = child.ChildProcess.prototype.spawn
child.ChildProcess.prototype.spawn = function (options) {
  counts.spawned.push(options.file)
  return spawn.call(this, options)
}
const around = (object, name, before) => {
  const call = object[name]
  object[name] = Object.assign(function (...args) {
    before(...args)
    return call.apply(this, args)
  }, call)
}
for (const name of ['fsyncSync', 'fdatasyncSync']) around(fs, name, () => (counts.barriers += 1))
const open = (path) => {
  if (typeof path === 'string' || Buffer.isBuffer(path)) counts.opened += 1
}
const sync = ['openSync', 'readFileSync', 'writeFileSync', 'appendFileSync', 'readdirSync', 'copyFileSync']
const later = ['open', 'readFile', 'writeFile', 'appendFile', 'readdir', 'copyFile']
const streams = ['createReadStream', 'createWriteStream']
for (const name of [...sync, ...later, ...streams]) around(fs, name, open)
for (const name of later) around(fs.promises, name, open)
syncBuiltinESMExports()
process.on('exit', () => fs.writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts)))
`

/** Runs \`gump\` with these arguments, which has to succeed, and counts. */
export async function countedGump({ gump, repo }: World, args: readonly string[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'gump-counts-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [preload, file, log] = ['counter.mjs', 'counts.json', 'git.log'].map((name) => join(folder, name))
  writeFileSync(preload ?? '', counter)
  // A git that notes its arguments: most of them are started by a shell.
  const note = `#!/bin/sh\necho "$*" >> '${log}'\nPATH="\${PATH#*:}"; export PATH\nexec git "$@"\n`
  writeFileSync(join(folder, 'git'), note, { mode: 0o755 })
  const { code, stdout, stderr } = await gump(args, {
    cwd: repo.dir,
    env: {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      NODE_OPTIONS: `--import=${pathToFileURL(preload ?? '').href}`,
      COUNTS_FILE: file ?? '',
    },
  })
  if (code !== 0) throw new Error(`gump ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`)
  const { spawned, ...counts } = JSON.parse(readFileSync(file ?? '', 'utf8')) as Pick<
    Counts,
    'barriers' | 'opened'
  > & { readonly spawned: readonly string[] }
  const others = spawned.map((path) => basename(path)).filter((name) => name !== 'git')
  const gits = existsSync(log ?? '')
    ? readFileSync(log ?? '', 'utf8')
        .trim()
        .split('\n')
    : []
  const names = [...others, ...gits.map((line) => `git ${line.split(' ', 1)[0]}`)]
  const byName: Record<string, number> = {}
  for (const name of names) byName[name] = (byName[name] ?? 0) + 1
  return { ...counts, processes: names.length, byName }
}
