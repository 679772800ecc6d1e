import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'

/** One thing that an agent does in a repository with submodules, filters, links and odd names. */
export type OddEdit =
  | { readonly do: 'write'; readonly path: string; readonly content: string }
  | { readonly do: 'delete'; readonly path: string }
  | { readonly do: 'rename'; readonly path: string; readonly to: string }
  | { readonly do: 'mode'; readonly path: string; readonly mode: number }
  | { readonly do: 'link'; readonly path: string; readonly target: string }
  | { readonly do: 'attribute'; readonly in: string; readonly line: string }
  /** `git add -A` and a commit, in a submodule or around them. */
  | { readonly do: 'commit'; readonly in: string }
  | { readonly do: 'branch'; readonly in: string }

const lib = 'vendor/lib'
const deep = 'vendor/lib/deep'

const files = {
  top: {
    '.gitattributes': '*.rot filter=rot\n*.pre filter=pre\n*.win text eol=crlf\n*.bin -text\n',
    '.gitignore': 'ignored/\n',
    'plain.txt': 'plain\n',
    'crlf.txt': 'one\r\ntwo\r\n',
    'end.win': 'one\ntwo\n',
    'a.rot': 'Secret words\n',
    'sub dir/ünï ☃.rot': 'More words\n',
    'b.pre': 'content\n',
    'data.bin': '\0\u0001\r\n\u0002',
    'run.sh': '#!/bin/sh\n',
  },
  lib: { '.gitattributes': '*.rot filter=rot\n', 'lib.txt': 'lib\n', 'lib.rot': 'Hidden words\n' },
  deep: { 'deep.txt': 'deep\n', 'x.pre': 'raw here\n' },
} as const

const known = [
  'plain.txt',
  'crlf.txt',
  'end.win',
  'a.rot',
  'sub dir/ünï ☃.rot',
  'b.pre',
  'data.bin',
  'run.sh',
  'link',
  `${lib}/lib.txt`,
  `${lib}/lib.rot`,
  `${deep}/deep.txt`,
  lib,
  deep,
]
const fresh = [
  'new.rot',
  '-dash.rot',
  'with "quotes".pre',
  'back\\slash.rot',
  'tab\tand\nnewline.pre',
  ':(top)magic.rot',
  '  blanks  .rot',
  '[glob]*?.pre',
  '100% $(touch x) `y`.rot',
  'new.more',
  'new.win',
  'dir/neü/ä.rot',
  'ignored/no.rot',
  'plain.txt.d/file',
  `${lib}/new.rot`,
  `${lib}/dir/with "quotes".more`,
  `${deep}/-new.pre`,
]
const contents = ['', 'Words\n', 'no end', 'a\r\nb\n', 'caf\u00E9 \0 \u0001\n', 'STORED:twice\n']

/** A driver that is configured, and that the commit which the run began with does not use in that repository. */
export function namesAnotherDriver(edit: OddEdit): boolean {
  if (edit.do !== 'attribute') return false
  return edit.line.endsWith('=other') || (edit.in === deep && edit.line.endsWith('=rot'))
}

const path = fc.constantFrom(...known, ...fresh)
const place = fc.constantFrom('', lib, deep)

/** What an agent does, mostly to submodules and filtered files. */
export const oddEdits: fc.Arbitrary<readonly OddEdit[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('write' as const),
        path,
        content: fc.constantFrom(...contents),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('delete' as const), path: fc.constantFrom(...known) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('rename' as const),
        path: fc.constantFrom(...known.slice(0, -2)),
        to: fc.constantFrom(...fresh),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('mode' as const), path, mode: fc.constantFrom(0o755, 0o644) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('link' as const),
        path,
        target: fc.constantFrom('plain.txt', '../up', 'nö where', '/etc/passwd'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('attribute' as const),
        in: place,
        line: fc.constantFrom(
          '*.more filter=rot',
          '*.more -text',
          '*.more filter=nobody',
          '*.more filter=other',
        ),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('commit' as const), in: place }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('branch' as const), in: place }) },
  ),
  { minLength: 1, maxLength: 7 },
)

/** A folder with the repository of a user, the origins of its submodules, and a home folder with two filters. */
export interface OddWorld {
  readonly top: string
  readonly repo: string
  readonly env: Readonly<Record<string, string>>
  git(cwd: string, ...args: readonly string[]): string
  remove(): void
}

function worldIn(top: string): OddWorld {
  const env = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: join(top, 'home'),
    GIT_CONFIG_NOSYSTEM: '1',
  }
  return {
    top,
    repo: join(top, 'repo'),
    env,
    git: (cwd, ...args) =>
      execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    remove: () => rmSync(top, { recursive: true, force: true }),
  }
}

export function makeOddWorld(): OddWorld {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'gump-odd-')))
  const world = worldIn(top)
  const { git } = world
  mkdirSync(join(top, 'home'))
  for (const [key, value] of Object.entries({
    'user.name': 'A User',
    'user.email': 'user@example.org',
    'protocol.file.allow': 'always',
    'filter.rot.clean': 'LC_ALL=C tr A-Za-z N-ZA-Mn-za-m',
    'filter.rot.smudge': 'LC_ALL=C tr A-Za-z N-ZA-Mn-za-m',
    'filter.rot.required': 'true',
    'filter.pre.clean': 'printf STORED:; cat',
    'filter.pre.smudge': 'tail -c +8',
    'filter.other.clean': 'echo other',
    'filter.other.smudge': 'cat',
  }))
    git(top, 'config', '--global', key, value)
  for (const [name, content] of [
    ['deep', files.deep],
    ['lib', files.lib],
    ['repo', files.top],
  ] as const) {
    const dir = join(top, name)
    git(top, 'init', '-q', '-b', 'main', name)
    for (const [file, text] of Object.entries(content)) {
      mkdirSync(dirname(join(dir, file)), { recursive: true })
      writeFileSync(join(dir, file), text)
    }
    if (name === 'lib') git(dir, 'submodule', '--quiet', 'add', join(top, 'deep'), 'deep')
    if (name === 'repo') {
      chmodSync(join(dir, 'run.sh'), 0o755)
      symlinkSync('plain.txt', join(dir, 'link'))
      git(dir, 'submodule', '--quiet', 'add', join(top, 'lib'), lib)
      git(dir, 'submodule', '--quiet', 'update', '--init', '--recursive')
    }
    git(dir, 'add', '-A')
    git(dir, 'commit', '-qm', 'first')
    // What a checkout holds is what git has written there.
    for (const file of Object.keys(content)) rmSync(join(dir, file))
    git(dir, 'checkout', '-q', '--', '.')
  }
  return world
}

/** A second clone, for another user to work in. */
export function copyOfWorld({ top }: OddWorld): OddWorld {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'gump-odd-')))
  cpSync(top, copy, { recursive: true, verbatimSymlinks: true })
  return worldIn(copy)
}

/** Does an edit; one whose place is taken, or gone, does nothing. */
export function doOddEdit({ git }: OddWorld, dir: string, edit: OddEdit): void {
  const at = (name: string): string => join(dir, name)
  switch (edit.do) {
    case 'write':
    case 'link':
      if (!isFree(dir, edit.path)) return
      mkdirSync(dirname(at(edit.path)), { recursive: true })
      rmSync(at(edit.path), { force: true })
      if (edit.do === 'write') writeFileSync(at(edit.path), edit.content, 'latin1')
      else symlinkSync(edit.target, at(edit.path))
      return
    case 'delete':
      return isReal(dir, edit.path) ? rmSync(at(edit.path), { recursive: true, force: true }) : undefined
    case 'rename':
      if (!isReal(dir, edit.path) || !isFree(dir, edit.to)) return
      if (lstatSync(at(edit.path), { throwIfNoEntry: false })?.isDirectory() !== false) return
      mkdirSync(dirname(at(edit.to)), { recursive: true })
      return renameSync(at(edit.path), at(edit.to))
    case 'mode':
      if (isReal(dir, edit.path) && lstatSync(at(edit.path), { throwIfNoEntry: false })?.isFile() === true)
        chmodSync(at(edit.path), edit.mode)
      return
    case 'attribute': {
      const file = join(edit.in, '.gitattributes')
      if (!isFree(dir, file)) return
      return writeFileSync(at(file), `${edit.line}\n`, { flag: 'a' })
    }
    case 'commit':
    case 'branch':
      if (!isFree(dir, join(edit.in, 'x')) || !existsSync(at(join(edit.in, '.git')))) return
      if (edit.do === 'branch') git(at(edit.in), 'checkout', '-q', '-B', 'of-the-agent')
      else {
        git(at(edit.in), 'add', '-A')
        git(at(edit.in), 'commit', '-q', '--allow-empty', '-m', 'by the agent')
      }
  }
}

/** No link and no file on the way, and no folder at the end; what belongs into a submodule needs the submodule. */
function isFree(dir: string, name: string): boolean {
  if (!isReal(dir, name)) return false
  for (const inside of [lib, deep]) {
    if (name.startsWith(`${inside}/`) && !existsSync(join(dir, inside, '.git'))) return false
  }
  return lstatSync(join(dir, name), { throwIfNoEntry: false })?.isDirectory() !== true
}

function isReal(dir: string, name: string): boolean {
  const parts = name.split('/')
  return parts.slice(0, -1).every((_, n) => {
    const stats = lstatSync(join(dir, ...parts.slice(0, n + 1)), { throwIfNoEntry: false })
    return stats === undefined || stats.isDirectory()
  })
}

/** Commits everything as a person would: the innermost submodule first. */
export function commitEverything({ git }: OddWorld, dir: string): void {
  for (const inside of [deep, lib, '']) {
    if (!existsSync(join(dir, inside, '.git'))) continue
    git(join(dir, inside), 'add', '-A')
    git(join(dir, inside), 'commit', '-q', '--allow-empty', '-m', 'everything')
  }
}

/** What a commit stores, in submodules too: modes and objects by path. */
export function storedIn(
  git: OddWorld['git'],
  dir: string,
  commit: string,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const record of git(dir, 'ls-tree', '-r', '-z', commit).split('\0').filter(Boolean)) {
    const tab = record.indexOf('\t')
    const name = record.slice(tab + 1)
    const [mode = '', kind = '', oid = ''] = record.slice(0, tab).split(' ')
    if (kind !== 'commit') found[name] = `${mode} ${oid}`
    else {
      found[name] = 'submodule'
      for (const [inner, value] of Object.entries(storedIn(git, join(dir, name), oid)))
        found[`${name}/${inner}`] = value
    }
  }
  return found
}
