import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import type { GitWorkspace, RunFiltering, RunnableFilters, Snapshot, Worktree } from '../src/index.js'
import { filtersOf, runPlainly } from './support/run-filters.js'
import {
  describing,
  filesOf,
  type TemporaryRepository,
  temporaryRepository,
} from './support/temporary-repository.js'

const rot13 = 'tr A-Za-z N-ZA-Mn-za-m'

/** A repository in which `*.secret` is stored in another form than it is seen. */
function filtered(drivers: Readonly<Record<string, string>> = {}): TemporaryRepository {
  const repo = temporaryRepository({ 'README.md': '# Sample\n' })
  const all = { 'filter.rot.clean': rot13, 'filter.rot.smudge': rot13, ...drivers }
  for (const [key, value] of Object.entries(all)) repo.git('config', key, value)
  repo.write('.gitattributes', '*.secret filter=rot\n')
  repo.write('a.secret', 'Hello\n')
  repo.commitAll('with a filter')
  return repo
}

async function open(
  repo: TemporaryRepository,
  given: { readonly run?: RunFiltering; readonly env?: Record<string, string> } = {},
): Promise<{
  workspace: GitWorkspace
  worktree: Worktree
  head: string
  filters: RunnableFilters
  snapshot: () => Promise<Snapshot>
}> {
  const workspace = await repo.open()
  const filters = await filtersOf(workspace, given.env ?? repo.env, given.run ?? runPlainly)
  const { head } = await workspace.facts()
  const worktree = await workspace.openWorktree({
    dir: '../work',
    branch: 'gump/run-r1',
    commit: head,
    filters,
  })
  const ref = 'refs/gump/r1/impl/@1.1.1'
  const snapshot = (): Promise<Snapshot> =>
    worktree.snapshot({ base: head, ref, describe: describing('impl') })
  return { workspace, worktree, head, filters, snapshot }
}

const stored = (repo: TemporaryRepository, commit: string | null, path: string): string =>
  repo.git('cat-file', '-p', `${commit ?? ''}:${path}`)

describe('what a worktree holds, and what is recorded', () => {
  test('files are as the user sees them, commits are as git add makes them', async () => {
    const repo = filtered()
    const { worktree, snapshot } = await open(repo)
    expect(readFileSync(join(worktree.dir, 'a.secret'), 'utf8')).toBe('Hello\n')
    writeFileSync(join(worktree.dir, 'a.secret'), 'Goodbye\n')
    writeFileSync(join(worktree.dir, 'b.secret'), 'New\n')
    writeFileSync(join(worktree.dir, 'plain.txt'), 'Plain\n')
    const { commit, files } = await snapshot()
    expect(files.map(({ path }) => path)).toEqual(['a.secret', 'b.secret', 'plain.txt'])
    expect(stored(repo, commit, 'a.secret')).toBe('Tbbqolr\n')
    expect(stored(repo, commit, 'b.secret')).toBe('Arj\n')
    expect(stored(repo, commit, 'plain.txt')).toBe('Plain\n')
  })

  test('a snapshot without edits is none, and restoring brings back what was seen', async () => {
    const repo = filtered()
    const { worktree, head, snapshot } = await open(repo)
    expect((await snapshot()).commit).toBeNull()
    expect(await worktree.differsFrom(head)).toBe(false)
    writeFileSync(join(worktree.dir, 'a.secret'), 'Goodbye\n')
    writeFileSync(join(worktree.dir, 'b.secret'), 'New\n')
    await worktree.restore(head, 'pristine')
    expect(filesOf(worktree.dir)).toEqual(filesOf(repo.dir))
  })

  test('apply fills the checkout of the user as their own git would', async () => {
    const repo = filtered()
    const { workspace, worktree, head, snapshot } = await open(repo)
    writeFileSync(join(worktree.dir, 'b.secret'), 'New\n')
    const { commit } = await snapshot()
    const request = { from: head, snapshot: commit ?? '', describe: describing('impl', 'r1', 'pass') }
    const tip = await worktree.promote(request)
    await workspace.apply({ runId: 'r1', commit: tip, mode: 'merge', describe: describing('apply') })
    expect(readFileSync(join(repo.dir, 'b.secret'), 'utf8')).toBe('New\n')
    expect(repo.git('status', '--porcelain')).toBe('')
  })

  test('a driver for a whole process is spoken to', async () => {
    const repo = filtered()
    const driver = join(repo.home, 'driver.mjs')
    writeFileSync(driver, processDriver)
    repo.git('config', '--unset', 'filter.rot.clean')
    repo.git('config', '--unset', 'filter.rot.smudge')
    repo.git('config', 'filter.rot.process', `'${process.execPath}' '${driver}'`)
    const { worktree, snapshot } = await open(repo)
    expect(readFileSync(join(worktree.dir, 'a.secret'), 'utf8')).toBe('Hello\n')
    writeFileSync(join(worktree.dir, 'b.secret'), 'New\n')
    const { commit } = await snapshot()
    expect(stored(repo, commit, 'b.secret')).toBe('Arj\n')
  })

  test('attributes of the user outside of commits count, and only for filters', async () => {
    const repo = temporaryRepository({ 'a.hidden': 'Hello\n', 'b.everywhere': 'Hello\n' })
    repo.git('config', 'filter.rot.clean', rot13)
    repo.git('config', 'filter.rot.smudge', rot13)
    mkdirSync(join(repo.home, '.config/git'), { recursive: true })
    writeFileSync(
      join(repo.home, '.config/git/attributes'),
      '*.everywhere filter=rot\n* text=auto eol=crlf\n',
    )
    writeFileSync(join(repo.dir, '.git/info/attributes'), '[attr]mine filter=rot eol=crlf\n*.hidden mine\n')
    const { worktree, snapshot } = await open(repo)
    expect(readFileSync(join(worktree.dir, 'a.hidden'), 'utf8')).toBe('Uryyb\n')
    for (const name of ['c.hidden', 'c.everywhere', 'c.txt'])
      writeFileSync(join(worktree.dir, name), 'New\r\n')
    const { commit } = await snapshot()
    expect(stored(repo, commit, 'c.hidden')).toBe('Arj\r\n')
    expect(stored(repo, commit, 'c.everywhere')).toBe('Arj\r\n')
    expect(stored(repo, commit, 'c.txt')).toBe('New\r\n')
  })

  test('odd names reach the driver as git gives them', async () => {
    const repo = filtered({ 'filter.rot.clean': `printf '%%s|' %f; ${rot13}` })
    const { worktree, snapshot } = await open(repo)
    const name = `it's $(touch pwned) "100%".secret`
    writeFileSync(join(worktree.dir, name), 'New\n')
    const { commit } = await snapshot()
    expect(stored(repo, commit, name)).toBe(`${name}|Arj\n`)
  })
})

describe('where drivers run', () => {
  test('a script of the repository is the one of the base commit', async () => {
    const repo = temporaryRepository({ 'tools/rot.sh': `#!/bin/sh\n. ./tools/lib.sh\nrot\n` })
    repo.write('tools/lib.sh', `rot() { ${rot13}; }\n`)
    repo.write('.gitattributes', '*.secret filter=rot\n')
    chmodSync(join(repo.dir, 'tools/rot.sh'), 0o755)
    repo.commitAll('tools')
    for (const way of ['clean', 'smudge']) repo.git('config', `filter.rot.${way}`, './tools/rot.sh %f')
    const { worktree, snapshot } = await open(repo)
    writeFileSync(join(worktree.dir, 'tools/lib.sh'), `rot() { touch '${repo.home}/pwned'; cat; }\n`)
    writeFileSync(join(worktree.dir, 'a.secret'), 'Hello\n')
    const { commit } = await snapshot()
    expect(stored(repo, commit, 'a.secret')).toBe('Uryyb\n')
    expect(existsSync(join(repo.home, 'pwned'))).toBe(false)
  })

  test('a program beside the files is not taken for the one on PATH', async () => {
    const repo = filtered()
    const env = { ...repo.env, PATH: `.:bin::${repo.env['PATH'] ?? ''}` }
    const { worktree, snapshot } = await open(repo, { env })
    for (const path of ['tr', 'bin/tr']) {
      mkdirSync(join(worktree.dir, 'bin'), { recursive: true })
      writeFileSync(join(worktree.dir, path), `#!/bin/sh\ntouch '${repo.home}/pwned'\ncat\n`, { mode: 0o755 })
    }
    writeFileSync(join(worktree.dir, 'b.secret'), 'New\n')
    const { commit } = await snapshot()
    expect(stored(repo, commit, 'b.secret')).toBe('Arj\n')
    expect(existsSync(join(repo.home, 'pwned'))).toBe(false)
  })

  test('the git commands of a driver are about the repository of the user', async () => {
    const repo = filtered({
      'filter.rot.clean': `git rev-parse --absolute-git-dir; git config user.key; ${rot13}`,
    })
    repo.git('config', 'user.key', 'mine')
    const { worktree, snapshot } = await open(repo)
    writeFileSync(join(worktree.dir, 'b.secret'), 'New\n')
    const { commit } = await snapshot()
    expect(stored(repo, commit, 'b.secret')).toBe(`${join(repo.dir, '.git')}\nmine\nArj\n`)
  })

  test('a driver sees the language of the user', async () => {
    const repo = filtered({ 'filter.rot.clean': 'echo "$LANG/$LC_ALL"; cat' })
    const { worktree, snapshot } = await open(repo, { env: { ...repo.env, LANG: 'de_DE.UTF-8' } })
    writeFileSync(join(worktree.dir, 'b.secret'), 'New\n')
    const { commit } = await snapshot()
    expect(stored(repo, commit, 'b.secret')).toBe('de_DE.UTF-8/\nNew\n')
  })

  test('without a filter git is started as usual, and nothing is run in a place of its own', async () => {
    const repo = temporaryRepository({ 'a.txt': 'one\n', '.gitattributes': '*.bin filter=nobody\n' })
    let started = 0
    const { worktree, head, snapshot } = await open(repo, {
      run: (command) => {
        started += 1
        return runPlainly(command)
      },
    })
    writeFileSync(join(worktree.dir, 'b.bin'), 'raw\n')
    const { commit } = await snapshot()
    await worktree.restore(head, 'reset')
    expect(stored(repo, commit, 'b.bin')).toBe('raw\n')
    expect(started).toBe(0)
  })
})

describe('what is refused', () => {
  test('a required driver whose program is missing, before anything else', async () => {
    const repo = filtered({ 'filter.rot.clean': 'no-such-program %f', 'filter.rot.required': 'false' })
    const workspace = await repo.open()
    const { warnings, settings } = await filtersOf(workspace, repo.env)
    expect(settings).toEqual([])
    expect(warnings.join()).toContain('no-such-program')
    repo.git('config', 'filter.rot.required', 'true')
    await expect(filtersOf(workspace, repo.env)).rejects.toMatchObject({ code: 'GUMP-P011' })
    repo.git('config', '--unset', 'filter.rot.clean')
    await expect(filtersOf(workspace, repo.env)).rejects.toMatchObject({ code: 'GUMP-P011' })
  })

  test('a driver that fails, whether it is required or not: nothing is recorded as it is', async () => {
    const repo = filtered({
      'filter.rot.clean': `text=$(cat); case "$text" in bad) echo no good >&2; exit 3;; esac; echo "$text" | ${rot13}`,
    })
    const { worktree, snapshot } = await open(repo)
    writeFileSync(join(worktree.dir, 'b.secret'), 'bad\n')
    const failure = await snapshot().catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'GUMP-G012',
      message: expect.stringContaining('no good') as string,
    })
    expect(readFileSync(join(worktree.dir, 'b.secret'), 'utf8')).toBe('bad\n')
  })

  test('an attribute for a driver that the base does not use', async () => {
    const repo = temporaryRepository()
    repo.git('config', 'filter.evil.clean', `touch '${repo.home}/pwned'; cat`)
    const { worktree, snapshot } = await open(repo)
    mkdirSync(join(worktree.dir, 'docs'))
    writeFileSync(join(worktree.dir, 'docs/.gitattributes'), '[attr]x filter=evil\n*.md x\n')
    writeFileSync(join(worktree.dir, 'docs/a.md'), 'text\n')
    await expect(snapshot()).rejects.toMatchObject({ code: 'GUMP-G013' })
    expect(existsSync(join(repo.home, 'pwned'))).toBe(false)
    rmSync(join(worktree.dir, 'docs/.gitattributes'))
    expect((await snapshot()).files.map(({ path }) => path)).toEqual(['docs/a.md'])
  })

  test('an attribute for a driver that the base uses counts', async () => {
    const repo = filtered()
    const { worktree, snapshot } = await open(repo)
    writeFileSync(join(worktree.dir, '.gitattributes'), '*.secret filter=rot\n*.more filter=rot\n')
    writeFileSync(join(worktree.dir, 'b.more'), 'New\n')
    const { commit } = await snapshot()
    expect(stored(repo, commit, 'b.more')).toBe('Arj\n')
  })

  test('attributes that nobody would see', async () => {
    const repo = filtered()
    repo.write('.gitignore', 'hidden/.gitattributes\n')
    repo.commitAll('ignore')
    const { worktree, snapshot } = await open(repo)
    mkdirSync(join(worktree.dir, 'hidden'))
    writeFileSync(join(worktree.dir, 'hidden/.gitattributes'), '* -filter\n')
    writeFileSync(join(worktree.dir, 'hidden/b.secret'), 'New\n')
    await expect(snapshot()).rejects.toMatchObject({ code: 'GUMP-G013' })
  })
})

/** Git's protocol for filters that stay, in a few lines. */
const processDriver = `
let rest = Buffer.alloc(0)
const turn = (text) => text.replace(/[a-z]/gi, (c) => String.fromCharCode(c.charCodeAt(0) + (c.toLowerCase() < 'n' ? 13 : -13)))
const line = (text) => { const body = Buffer.from(text, 'latin1'); process.stdout.write(Buffer.concat([Buffer.from((body.length + 4).toString(16).padStart(4, '0')), body])) }
const flush = () => process.stdout.write('0000')
let seen = 0
const groups = []
let group = []
process.stdin.on('data', (chunk) => {
  rest = Buffer.concat([rest, chunk])
  while (rest.length >= 4) {
    const size = parseInt(rest.toString('latin1', 0, 4), 16)
    if (size === 0) { rest = rest.subarray(4); groups.push(group); group = []; advance(); continue }
    if (rest.length < size) return
    group.push(rest.toString('latin1', 4, size)); rest = rest.subarray(size)
  }
})
function advance() {
  if (seen === 0) { groups.shift(); seen = 1; line('git-filter-server\\n'); line('version=2\\n'); flush(); return }
  if (seen === 1) { groups.shift(); seen = 2; line('capability=clean\\n'); line('capability=smudge\\n'); flush(); return }
  if (groups.length < 2) return
  groups.shift()
  const content = groups.shift().join('')
  line('status=success\\n'); flush()
  for (let at = 0; at < content.length; at += 60000) line(turn(content.slice(at, at + 60000)))
  flush(); flush()
}
process.stdin.on('end', () => process.exit(0))
`
