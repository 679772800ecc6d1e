import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import {
  describing,
  filesOf,
  openRun,
  temporaryFolder,
  temporaryRepository,
} from './support/temporary-repository.js'

const ref = (n: number): string => `refs/gump/r1/impl/@1.${n}.1`

describe('promote', () => {
  test('is one commit, the same one when it is repeated, and refused when the branch went elsewhere', async () => {
    const repository = temporaryRepository()
    const workspace = await repository.open()
    const { head, worktree } = await openRun(workspace)
    writeFileSync(join(worktree.dir, 'a.txt'), 'one\n')
    const first = (await worktree.snapshot({ base: head, ref: ref(1), describe: describing('impl') })).commit!
    const request = { from: head, snapshot: first, describe: describing('impl', 'r1', 'pass') }
    const commit = await worktree.promote(request)
    expect(await worktree.promote(request)).toBe(commit)
    expect(repository.git('rev-list', '--count', `${head}..gump/run-r1`)).toBe('1\n')
    expect(commit).not.toBe(first)

    writeFileSync(join(worktree.dir, 'a.txt'), 'two\n')
    const second = (await worktree.snapshot({ base: commit, ref: ref(2), describe: describing('impl') }))
      .commit!
    await expect(
      worktree.promote({ from: head, snapshot: second, describe: describing('impl', 'r1', 'pass') }),
    ).rejects.toMatchObject({ code: 'GUMP-G002', data: { expected: head, actual: commit } })
    const elsewhere = repository.git('commit-tree', '-m', 'x', `${head}^{tree}`).trim()
    repository.git('update-ref', 'refs/heads/gump/run-r1', elsewhere)
    await expect(
      worktree.promote({ from: commit, snapshot: second, describe: describing('x') }),
    ).rejects.toMatchObject({
      code: 'GUMP-G002',
    })
    expect(repository.git('rev-parse', 'gump/run-r1').trim()).toBe(elsewhere)
  })

  test('of an earlier step, after going back to before it', async () => {
    const repository = temporaryRepository()
    const workspace = await repository.open()
    const { head, worktree } = await openRun(workspace)
    const step = async (n: number, base: string, content: string): Promise<string> => {
      await worktree.resetBranch(base)
      await worktree.restore(base, 'reset')
      writeFileSync(join(worktree.dir, 'a.txt'), content)
      const snapshot = (await worktree.snapshot({ base, ref: ref(n), describe: describing('impl') })).commit!
      return worktree.promote({ from: base, snapshot, describe: describing('impl', 'r1', 'pass') })
    }
    await step(2, await step(1, head, 'one\n'), 'two\n')
    const again = await step(3, head, 'better\n')
    expect(repository.git('rev-list', `${head}..gump/run-r1`).trim()).toBe(again)
    expect(repository.gitIn(worktree.dir, 'status', '--porcelain')).toBe('')
  })
})

describe('snapshot', () => {
  test('adopts a ref that is there, and refuses one on top of something else', async () => {
    const repository = temporaryRepository()
    const workspace = await repository.open()
    const { head, worktree } = await openRun(workspace)
    writeFileSync(join(worktree.dir, 'a.txt'), 'one\n')
    const request = { base: head, ref: ref(1), describe: describing('impl') }
    const first = await worktree.snapshot(request)
    repository.git('pack-refs', '--all')
    writeFileSync(join(worktree.dir, 'a.txt'), 'later\n')
    expect(await worktree.snapshot(request)).toEqual(first)
    await expect(worktree.snapshot({ ...request, base: first.commit! })).rejects.toMatchObject({
      code: 'GUMP-G002',
    })
  })

  test('without changes makes no commit, also after files were only touched', async () => {
    const repository = temporaryRepository()
    const workspace = await repository.open()
    const { head, worktree } = await openRun(workspace)
    const request = { base: head, ref: ref(1), describe: describing('impl') }
    const nothing = { commit: null, files: [], insertions: 0, deletions: 0 }
    expect(await worktree.snapshot(request)).toMatchObject(nothing)
    const content = readFileSync(join(worktree.dir, 'README.md'))
    rmSync(join(worktree.dir, 'README.md'))
    writeFileSync(join(worktree.dir, 'README.md'), content)
    expect(await worktree.snapshot(request)).toMatchObject(nothing)
    expect(repository.git('for-each-ref', 'refs/gump')).toBe('')
  })

  test('sees a change of the same length in the same instant', async () => {
    const repository = temporaryRepository()
    const workspace = await repository.open()
    const { head, worktree } = await openRun(workspace)
    for (let n = 1; n <= 20; n += 1) {
      writeFileSync(join(worktree.dir, 'README.md'), `# Sampl${String.fromCharCode(96 + n)}\n`)
      const { commit, tree } = await worktree.snapshot({
        base: head,
        ref: ref(n),
        describe: describing('impl'),
      })
      expect(repository.git('cat-file', 'blob', `${tree}:README.md`)).toBe(
        `# Sampl${String.fromCharCode(96 + n)}\n`,
      )
      if (n % 5 === 0 && commit !== null) await worktree.restore(head, 'reset')
    }
  })

  test('names that are no refs are refused', async () => {
    const repository = temporaryRepository()
    const workspace = await repository.open()
    const { head, worktree } = await openRun(workspace)
    for (const bad of [
      'refs/gump/../heads/main',
      'refs/gump/a b',
      'HEAD',
      'refs/gump/x\nupdate refs/heads/main',
      'refs/gump/',
    ]) {
      await expect(
        worktree.snapshot({ base: head, ref: bad, describe: describing('x') }),
      ).rejects.toMatchObject({
        code: 'GUMP-G010',
      })
    }
    await expect(
      workspace.openWorktree({ dir: 'w', branch: '--orphan', commit: head }),
    ).rejects.toMatchObject({
      code: 'GUMP-G010',
    })
    await expect(
      workspace.openWorktree({ dir: 'w', branch: 'gump/x', commit: 'main' }),
    ).rejects.toMatchObject({
      code: 'GUMP-G001',
    })
  })
})

test('a worktree is used for one branch after the other; ignored files stay', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n', '.gitignore': 'node_modules/\n' })
  const workspace = await repository.open()
  const { head } = await workspace.facts()
  const dir = '.gump/worktrees/slot-1'
  const first = await workspace.openWorktree({ dir, branch: 'gump/run-r1.a', commit: head })
  writeFileSync(join(first.dir, 'a.txt'), 'changed\n')
  writeFileSync(join(first.dir, 'new.txt'), '')
  mkdirSync(join(first.dir, 'node_modules'))
  writeFileSync(join(first.dir, 'node_modules/x'), '')
  const second = await workspace.openWorktree({ dir, branch: 'gump/run-r1.b', commit: head })
  expect(Object.keys(filesOf(second.dir))).toEqual(['.gitignore', 'a.txt', 'node_modules/x'])
  expect(repository.gitIn(second.dir, 'branch', '--show-current')).toBe('gump/run-r1.b\n')
  expect(repository.gitIn(second.dir, 'status', '--porcelain')).toBe('')
})

test('reopening changes nothing, in this process or in the next', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  writeFileSync(join(worktree.dir, 'a.txt'), 'edited\n')
  repository.gitIn(worktree.dir, 'commit', '-qam', 'by the agent')
  writeFileSync(join(worktree.dir, 'b.txt'), 'new\n')
  const tip = repository.git('rev-parse', 'gump/run-r1')
  const other = await repository.open()
  const again = await other.reopenWorktree({ dir: worktree.dir, branch: 'gump/run-r1' })
  expect(repository.git('rev-parse', 'gump/run-r1')).toBe(tip)
  expect(repository.gitIn(worktree.dir, 'status', '--porcelain')).toBe('?? b.txt\n')
  const { files } = await again.snapshot({ base: head, ref: ref(1), describe: describing('impl') })
  expect(files.map(({ path }) => path)).toEqual(['a.txt', 'b.txt'])

  rmSync(worktree.dir, { recursive: true })
  const remade = await other.reopenWorktree({ dir: worktree.dir, branch: 'gump/run-r1' })
  expect(filesOf(remade.dir)).toEqual({ 'a.txt': 'file one\n' })
  await expect(other.reopenWorktree({ dir: 'nowhere', branch: 'gump/run-r1' })).rejects.toMatchObject({
    code: 'GUMP-G009',
  })
})

test('an index of our own that was torn is made again', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const { head, worktree } = await openRun(await repository.open())
  const folder = join(repository.dir, '.git/gump/worktrees')
  const site = join(folder, readdirSync(folder)[0]!)
  const index = readdirSync(site).find((name) => name.startsWith('index-'))!
  writeFileSync(join(site, index), readFileSync(join(site, index)).subarray(0, 40))
  writeFileSync(join(site, 'index-old.lock'), '')
  writeFileSync(join(worktree.dir, 'a.txt'), 'two\n')
  const workspace = await repository.open()
  const again = await workspace.reopenWorktree({ dir: worktree.dir, branch: 'gump/run-r1' })
  const { files } = await again.snapshot({ base: head, ref: ref(1), describe: describing('impl') })
  expect(files).toEqual([{ path: 'a.txt', status: 'modified', insertions: 1, deletions: 1 }])
  expect(existsSync(join(site, 'index-old.lock'))).toBe(false)
})

test('a worktree whose notes are gone is known by its registration', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const { head, worktree } = await openRun(await repository.open())
  writeFileSync(join(worktree.dir, 'a.txt'), 'edited\n')
  rmSync(join(repository.dir, '.git/gump'), { recursive: true })
  const workspace = await repository.open()
  const again = await workspace.reopenWorktree({ dir: worktree.dir, branch: 'gump/run-r1' })
  const { files } = await again.snapshot({ base: head, ref: ref(1), describe: describing('impl') })
  expect(files.map(({ path }) => path)).toEqual(['a.txt'])
  rmSync(join(repository.dir, '.git/gump'), { recursive: true })
  await (await repository.open()).removeWorktree(worktree.dir, 'gump/run-r1')
  expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1)
})

test('objects that only our index knew may vanish', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  writeFileSync(join(worktree.dir, 'a.txt'), 'staged only\n')
  expect(await worktree.differsFrom(head)).toBe(true)
  repository.gitIn(worktree.dir, 'gc', '-q', '--prune=now')
  writeFileSync(join(worktree.dir, 'b.txt'), 'new\n')
  const { commit } = await worktree.snapshot({ base: head, ref: ref(1), describe: describing('impl') })
  expect(repository.git('cat-file', 'blob', `${commit}:a.txt`)).toBe('staged only\n')
})

/** The long-lived git processes of this test, by their parent. */
function gitChildren(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => {
      try {
        const [name = '', rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
        return name.endsWith('(git') && rest.split(' ')[1] === String(process.pid) ? [Number(pid)] : []
      } catch {
        return []
      }
    })
}

test.runIf(process.platform === 'linux')('a git that was ended from outside is started again', async () => {
  const repository = temporaryRepository()
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  const kill = (): void => {
    for (const pid of gitChildren()) process.kill(pid, 'SIGKILL')
  }
  writeFileSync(join(worktree.dir, 'a.txt'), 'one\n')
  kill()
  const { commit } = await worktree.snapshot({ base: head, ref: ref(1), describe: describing('impl') })
  kill()
  await worktree.promote({ from: head, snapshot: commit!, describe: describing('impl', 'r1', 'pass') })
  expect(repository.git('log', '--format=%s', 'gump/run-r1')).toBe('impl\nfirst\n')
})

test('edits of files that are older than their branch take nothing of the branch back', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  writeFileSync(join(worktree.dir, 'merged.txt'), 'merged\n')
  const snapshot = await worktree.snapshot({ base: head, ref: ref(1), describe: describing('impl') })
  const tip = await worktree.promote({ from: head, snapshot: snapshot.commit!, describe: describing('impl') })
  rmSync(join(worktree.dir, 'merged.txt'))
  writeFileSync(join(worktree.dir, 'b.txt'), 'by hand\n')

  const request = { base: tip, content: head, describe: describing('by hand') }
  const commit = (await worktree.adopt(request))!
  expect(repository.git('ls-tree', '-r', '--name-only', commit)).toBe('a.txt\nb.txt\nmerged.txt\n')
  expect(await worktree.differsFrom(commit)).toBe(false)
  expect(await worktree.adopt(request)).toBe(commit)

  writeFileSync(join(worktree.dir, 'merged.txt'), 'another\n')
  const conflicting = { base: commit, content: head, describe: describing('by hand') }
  await expect(worktree.adopt(conflicting)).rejects.toMatchObject({
    code: 'GUMP-G011',
    data: { files: ['merged.txt'] },
  })
  expect(readFileSync(join(worktree.dir, 'merged.txt'), 'utf8')).toBe('another\n')
})

test('edits by a person are recognised and adopted, commits of their own included', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  expect(await worktree.differsFrom(head)).toBe(false)
  expect(await worktree.adopt({ base: head, describe: describing('by hand') })).toBeNull()
  writeFileSync(join(worktree.dir, 'a.txt'), 'by hand\n')
  expect(await worktree.differsFrom(head)).toBe(true)
  repository.gitIn(worktree.dir, 'commit', '-qam', 'a commit by hand')
  writeFileSync(join(worktree.dir, 'b.txt'), 'more\n')
  expect(await worktree.tip()).toBe(head)
  const request = { base: await worktree.tip(), describe: describing('by hand', 'r1', 'adopted') }
  const commit = (await worktree.adopt(request))!
  expect(await worktree.adopt(request)).toBe(commit)
  expect(await worktree.tip()).toBe(commit)
  expect(await worktree.differsFrom(commit)).toBe(false)
  expect(repository.git('log', '--format=%s', 'gump/run-r1')).toBe('by hand\nfirst\n')
  expect(repository.git('ls-tree', '-r', '--name-only', 'gump/run-r1')).toBe('a.txt\nb.txt\n')
})

test('edits that nobody recorded as adopted are adopted with those made since, or not at all', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  const request = { base: head, describe: describing('by hand', 'r1', 'adopted') }
  writeFileSync(join(worktree.dir, 'b.txt'), 'first\n')
  const first = (await worktree.adopt(request))!
  writeFileSync(join(worktree.dir, 'b.txt'), 'second\n')
  const second = (await worktree.adopt(request))!
  expect(repository.git('log', '--format=%H %s', 'gump/run-r1')).toBe(`${second} by hand\n${head} first\n`)
  expect(repository.git('show', `${second}:b.txt`)).toBe('second\n')
  expect(repository.git('for-each-ref', '--contains', first, '--format=%(refname)')).toContain(
    'refs/gump/r1/',
  )

  rmSync(join(worktree.dir, 'b.txt'))
  expect(await worktree.adopt(request)).toBeNull()
  expect(await worktree.tip()).toBe(head)
  expect(repository.gitIn(worktree.dir, 'status', '--porcelain')).toBe('')
})

test('moving the branch through the workspace counts as ours', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  const other = repository.git('commit-tree', '-p', head, '-m', 'merged', `${head}^{tree}`).trim()
  await workspace.moveRef('refs/heads/gump/run-r1', head, other)
  await workspace.moveRef('refs/heads/gump/run-r1', head, other)
  await expect(workspace.moveRef('refs/heads/gump/run-r1', null, head)).rejects.toMatchObject({
    code: 'GUMP-G002',
  })
  writeFileSync(join(worktree.dir, 'a.txt'), 'two\n')
  await worktree.snapshot({ base: other, ref: ref(1), describe: describing('impl') })
  expect(repository.git('rev-parse', 'gump/run-r1').trim()).toBe(other)
})

test('diffs are written whatever their size', async () => {
  const repository = temporaryRepository()
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  const line = `${'x'.repeat(1023)}\n`
  writeFileSync(join(worktree.dir, 'large.txt'), line.repeat(60 * 1024))
  const { commit, insertions } = await worktree.snapshot({
    base: head,
    ref: ref(1),
    describe: describing('impl'),
  })
  expect(insertions).toBe(60 * 1024)
  const file = join(temporaryFolder(), 'a/b/diff.patch')
  const before = process.memoryUsage().rss
  const size = await worktree.writeDiff(head, commit!, file)
  expect(statSync(file).size).toBe(size)
  expect(size).toBeGreaterThan(60 * 1024 * 1024)
  expect(process.memoryUsage().rss - before).toBeLessThan(30 * 1024 * 1024)
  expect(await worktree.writeDiff(head, head, file)).toBe(0)
  await expect(worktree.writeDiff(head, '--output=x', file)).rejects.toMatchObject({ code: 'GUMP-G001' })
})

test('a patch can be applied again, renames and binaries included, whatever attributes say', async () => {
  const repository = temporaryRepository({ 'old.txt': 'a\nb\nc\nd\n', bin: Uint8Array.of(0, 1, 2, 3) })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  writeFileSync(join(worktree.dir, '.gitattributes'), '* -diff\n')
  rmSync(join(worktree.dir, 'old.txt'))
  writeFileSync(join(worktree.dir, 'new.txt'), 'a\nb\nc\nd\nHIDDEN\n')
  writeFileSync(join(worktree.dir, 'bin'), Uint8Array.of(0, 9))
  const snapshot = await worktree.snapshot({ base: head, ref: ref(1), describe: describing('impl') })
  expect(snapshot.files).toContainEqual({ path: 'new.txt', status: 'renamed', insertions: 1, deletions: 0 })
  expect(snapshot.files).toContainEqual({
    path: 'bin',
    status: 'modified',
    insertions: null,
    deletions: null,
  })
  const file = join(temporaryFolder(), 'diff.patch')
  await worktree.writeDiff(head, snapshot.commit!, file)
  expect(readFileSync(file, 'latin1')).toContain('\n+HIDDEN\n')
  repository.git('apply', '--index', file)
  expect(repository.git('write-tree').trim()).toBe(snapshot.tree)
})

test('folders that are not ours are neither taken nor removed', async () => {
  const repository = temporaryRepository()
  const workspace = await repository.open()
  const { head } = await workspace.facts()
  const mine = temporaryFolder()
  writeFileSync(join(mine, 'precious'), '')
  const request = { dir: mine, branch: 'gump/run-r1', commit: head }
  await expect(workspace.openWorktree(request)).rejects.toMatchObject({ code: 'GUMP-G009' })
  await expect(workspace.removeWorktree(mine, null)).rejects.toMatchObject({ code: 'GUMP-G009' })
  await expect(workspace.removeWorktree(repository.dir, null)).rejects.toMatchObject({ code: 'GUMP-G009' })
  expect(existsSync(join(mine, 'precious'))).toBe(true)
  repository.git('branch', 'theirs', 'HEAD')
  repository.commitAll('second')
  const theirs = { dir: 'w', branch: 'theirs', commit: repository.git('rev-parse', 'HEAD').trim() }
  await expect(workspace.openWorktree(theirs)).rejects.toMatchObject({ code: 'GUMP-G002' })
})

test('removing a worktree whose folder became a link removes the link', async () => {
  const repository = temporaryRepository()
  const workspace = await repository.open()
  const { worktree } = await openRun(workspace)
  const mine = temporaryFolder()
  writeFileSync(join(mine, 'precious'), '')
  rmSync(worktree.dir, { recursive: true })
  symlinkSync(mine, worktree.dir)
  await workspace.removeWorktree(worktree.dir, 'gump/run-r1')
  expect(existsSync(join(mine, 'precious'))).toBe(true)
  expect(existsSync(worktree.dir)).toBe(false)
  expect(repository.git('branch', '--list', 'gump/*')).toBe('')
  await workspace.removeWorktree(worktree.dir, 'gump/run-r1')
})

test('power durability takes the same steps', async () => {
  const repository = temporaryRepository()
  const workspace = await repository.open({ durability: 'power' })
  const { head, worktree } = await openRun(workspace)
  writeFileSync(join(worktree.dir, 'a.txt'), 'one\n')
  const { commit } = await worktree.snapshot({ base: head, ref: ref(1), describe: describing('impl') })
  await worktree.writeDiff(head, commit!, join(temporaryFolder(), 'diff.patch'))
  const step = await worktree.promote({
    from: head,
    snapshot: commit!,
    describe: describing('impl', 'r1', 'pass'),
  })
  const result = await workspace.apply({
    runId: 'r1',
    commit: step,
    mode: 'merge',
    describe: describing('apply'),
  })
  expect(result.status).toBe('merged')
})
