import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTree, type TemporaryRepository, temporaryRepository } from '@gump/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { world } from './support/world.js'

/** Where a run takes place, as a case has made it. */
interface Site {
  readonly repo: TemporaryRepository
  /** Folder for whatever else there is; also the user's home. */
  readonly outside: string
}

interface Surroundings {
  /** The working tree that Gump is started in; default the repository's own. */
  readonly dir?: string
  readonly env?: Readonly<Record<string, string>>
  /** What a text file of the repository looks like in the user's working tree. */
  readonly checkedOut?: (text: string) => string
}

const crlf = (text: string): string => text.replaceAll('\n', '\r\n')
const lines = Array.from({ length: 9 }, (_, n) => `line ${n}  \n`).join('')
const files = { 'README.md': '# A project\n', 'crlf.txt': crlf(lines), 'src/deep.txt': 'deep\n' }

const workflow = `
name: w
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: true
    each:
      - name: impl
        type: code
        agent: scripted
        retry: [{exit: 3}]
        gate:
          - bash: |
              test "$(git rev-parse --show-toplevel)" = "$(pwd -P)" && grep -qx good {task.name}.txt
`
const tasks = JSON.stringify(['a', 'b'].map((name) => ({ name, description: name })))
const edit = (from: number, to: string): string =>
  `{edit: {path: crlf.txt, find: "line ${from}  ", replace: "line ${to}  "}}`
const script = `
- match: {step: plan}
  do: [{out: {plan: ${tasks}}}]
- match: {task: a, attempt: 1}
  do: [turn, {write: {path: a.txt, content: "bad\\n"}}]
- match: {task: a}
  do: [turn, {write: {path: a.txt, content: "good\\n"}}, ${edit(0, '0 by a')}]
- match: {task: b}
  do: [turn, {write: {path: b.txt, content: "good\\n"}}, {write: {path: "new\\nline.txt", content: "x\\r\\n"}}, ${edit(8, '8 by b')}]
`
/** What the two tasks make of the files. */
const made: Readonly<Record<string, string>> = {
  'a.txt': 'good\n',
  'b.txt': 'good\n',
  'new\nline.txt': 'x\r\n',
  'crlf.txt': crlf(lines.replace('line 0', 'line 0 by a').replace('line 8', 'line 8 by b')),
}

/** Looks without touching: no hook, monitor or colour of the repository, and no refreshed index. */
function look(dir: string, ...args: readonly string[]): string {
  const neutral = [
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'color.ui=false',
    'log.showSignature=false',
  ]
  return execFileSync('git', [...neutral.flatMap((setting) => ['-c', setting]), ...args], {
    cwd: dir,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Everything of a working tree that is its user's. */
function userState(dir: string): Readonly<Record<string, unknown>> {
  const own = (name: string): string =>
    look(dir, 'rev-parse', '--path-format=absolute', '--git-path', name).trimEnd()
  return {
    files: readTree(dir, ['.git', '.gump']),
    head: readFileSync(own('HEAD'), 'utf8'),
    index: readFileSync(own('index')).toString('base64'),
    config: readFileSync(own('config'), 'utf8'),
    refs: look(dir, 'for-each-ref', '--format=%(refname) %(objectname)')
      .split('\n')
      .filter((ref) => !/^refs\/(?:gump|gump-heads|heads\/gump)\//u.test(ref)),
    stash: existsSync(own('refs/stash')),
  }
}

/** The files of a commit with the ids of their content. */
function contentOf(dir: string, commit: string): Readonly<Record<string, string>> {
  const entries = look(dir, 'ls-tree', '-r', '-z', commit).split('\0').filter(Boolean)
  return Object.fromEntries(
    entries.map((entry) => {
      const [info = '', ...path] = entry.split('\t')
      return [path.join('\t'), info]
    }),
  )
}

function blob(text: string): string {
  const id = createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex')
  return `100644 blob ${id}`
}

/** A line in this file says that something of the user's was run. */
const proofIn = (outside: string): string => join(outside, 'proof')

function plant(site: Site, name: string): string {
  const file = join(site.outside, 'planted', name)
  mkdirSync(join(site.outside, 'planted'), { recursive: true })
  writeFileSync(file, `#!/bin/sh\necho ${name} >>'${proofIn(site.outside)}'\nexit 1\n`)
  chmodSync(file, 0o755)
  return file
}

function configure({ repo }: Site, settings: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(settings)) repo.git('config', key, value)
}

const hooks = [
  'commit-msg',
  'post-checkout',
  'post-commit',
  'post-index-change',
  'post-merge',
  'pre-commit',
  'pre-merge-commit',
  'prepare-commit-msg',
  'reference-transaction',
]

const cases: Readonly<Record<string, (site: Site) => Surroundings | void>> = {
  'hooks that refuse everything': (site) => {
    for (const hook of hooks) plant(site, hook)
    configure(site, {
      'core.hooksPath': join(site.outside, 'planted'),
      'core.fsmonitor': plant(site, 'monitor'),
    })
  },
  'commits that must be signed, by a program that fails': (site) =>
    configure(site, {
      'commit.gpgSign': 'true',
      'tag.gpgSign': 'true',
      'gpg.program': plant(site, 'gpg'),
      'merge.verifySignatures': 'true',
      'log.showSignature': 'true',
    }),
  'a user without a name': (site) => {
    site.repo.git('config', '--remove-section', 'user')
    configure(site, { 'user.useConfigOnly': 'true' })
  },
  'line endings that are converted': (site) => {
    configure(site, { 'core.autocrlf': 'true', 'core.eol': 'crlf', 'core.safecrlf': 'true' })
    return { checkedOut: (text) => text.replaceAll(/\r?\n/gu, '\r\n') }
  },
  'diffs and colours of the user’s own': (site) =>
    configure(site, {
      'color.ui': 'always',
      'color.diff': 'always',
      'color.status': 'always',
      'diff.noprefix': 'true',
      'diff.external': plant(site, 'differ'),
      'diff.renames': 'false',
      'diff.context': '0',
      'core.quotePath': 'true',
      'core.abbrev': '5',
      'status.short': 'true',
      'status.showUntrackedFiles': 'no',
      'merge.conflictStyle': 'diff3',
    }),
  'a submodule that is checked out': ({ repo, outside }) => {
    const inner = join(outside, 'inner')
    repo.git('clone', '-q', repo.dir, inner)
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub')
    repo.git('config', 'submodule.recurse', 'true')
    repo.commit('with a submodule')
  },
  'a sparse checkout': ({ repo }) => void repo.git('sparse-checkout', 'set', '--cone', 'other'),
  'a linked worktree': ({ repo, outside }) => {
    const dir = join(outside, 'linked')
    repo.git('worktree', 'add', '-q', '-b', 'feature', dir)
    return { dir }
  },
  'a linked worktree inside the main one': ({ repo }) => {
    repo.git('worktree', 'add', '-q', '-b', 'feature', 'inside/linked')
    return { dir: join(repo.dir, 'inside/linked') }
  },
  'a shallow clone': ({ repo, outside }) => {
    repo.write('README.md', '# A project with a past\n')
    repo.commit('second')
    const dir = join(outside, 'shallow')
    repo.git('clone', '-q', '--depth=1', `file://${repo.dir}`, dir)
    return { dir }
  },
  'a detached HEAD': ({ repo }) => void repo.git('checkout', '-q', '--detach'),
  'variables that point to another repository': ({ repo, outside }) => {
    const other = join(outside, 'other')
    repo.git('clone', '-q', repo.dir, other)
    return {
      env: {
        GIT_DIR: join(other, '.git'),
        GIT_WORK_TREE: other,
        GIT_INDEX_FILE: join(other, '.git/index'),
        GIT_OBJECT_DIRECTORY: join(other, '.git/objects'),
        GIT_COMMON_DIR: join(other, '.git'),
        GIT_PREFIX: 'src/',
        GIT_NAMESPACE: 'other',
      },
    }
  },
  'names with line breaks, quotes and blanks': ({ repo }) => {
    for (const name of [
      'line\nbreak.txt',
      ' blanks ',
      'quo"te\'s',
      '-dash',
      'back\\slash',
      'ünï/☃\n/x',
      ':(top)m',
    ]) {
      repo.write(name, `${name}\n`)
    }
    repo.commit('odd names')
  },
}

describe('a run of two tasks with a gate and a retry, then apply', () => {
  let outside = ''
  beforeEach(() => {
    outside = realpathSync(mkdtempSync(join(tmpdir(), 'gump-outside-')))
  })
  afterEach(() => rmSync(outside, { recursive: true, force: true }))

  it.each(Object.keys(cases))('in a repository with %s', async (name) => {
    const repo = temporaryRepository(files)
    const surroundings = cases[name]?.({ repo, outside }) ?? {}
    const { dir = repo.dir, env = {}, checkedOut = (text: string) => text } = surroundings
    const { engine } = world({
      repo: { ...repo, dir },
      workflows: { w: workflow },
      script,
      settings: { jobs: 2 },
      ambient: { env: { PATH: process.env['PATH'], HOME: outside, LC_ALL: 'C', ...env }, home: outside },
    })
    const before = userState(dir)
    const head = look(dir, 'rev-parse', 'HEAD').trim()
    const content = contentOf(dir, head)
    const around = readTree(outside, ['linked', 'shallow'])

    const run = await engine.start({ workflow: 'w' })
    const result = await run.result
    expect(result).toMatchObject({ status: 'passed' })
    const events = await engine.events(run.id)
    expect(events.filter((e) => e.type === 'retry_triggered')).toHaveLength(1)
    expect(events.flatMap((e) => (e.type === 'integrated' ? [e.task] : []))).toEqual(['a', 'b'])
    expect(userState(dir)).toEqual(before)

    const { status, commit } = await engine.apply(run.id)
    expect(status).toBe('merged')
    const after = userState(dir)
    expect(look(dir, 'rev-parse', 'HEAD').trim()).toBe(commit)
    expect(look(dir, 'rev-parse', 'HEAD^1').trim()).toBe(head)
    const committed = Object.entries(made).map(([path, text]) => [path, blob(text)])
    expect(contentOf(dir, 'HEAD')).toEqual({ ...content, ...Object.fromEntries(committed) })
    expect(look(dir, 'status', '--porcelain', '--untracked-files=all')).toBe('')
    const written = Object.entries(made).map(([path, text]) => [
      path,
      `644 ${Buffer.from(checkedOut(text)).toString('base64')}`,
    ])
    expect(after['files']).toEqual({ ...(before['files'] as object), ...Object.fromEntries(written) })
    expect(after['config']).toBe(before['config'])
    expect(String(after['head']).startsWith('ref: ')).toBe(String(before['head']).startsWith('ref: '))
    expect(readTree(outside, ['linked', 'shallow'])).toEqual(around)
    expect(existsSync(proofIn(outside))).toBe(false)
  })
})
