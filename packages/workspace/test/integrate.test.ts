import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

import fc from 'fast-check'
import { expect, test } from 'vitest'

import { encodePath } from '../src/index.js'
import {
  describing,
  filesOf,
  openRun,
  temporaryFolder,
  temporaryRepository,
} from './support/temporary-repository.js'

const lines = (ending: string): string => Array.from({ length: 12 }, (_, n) => `line ${n}${ending}`).join('')

const baseFiles: Readonly<Record<string, string | Uint8Array>> = {
  'lf.txt': lines('\n'),
  'crlf.txt': lines('\r\n'),
  'dir/deep/blanks.txt': lines('   \n'),
  'binary.bin': Uint8Array.from({ length: 600 }, (_, n) => (n * 7) % 256),
  'ünï ☃.txt': lines('\n'),
  'no-newline.txt': lines('\n').trimEnd(),
}

/** Names that have broken tools before; the last one is not UTF-8. */
const names = [
  ...Object.keys(baseFiles),
  'new.txt',
  '-dash',
  ':(top)magic',
  'with "quotes"',
  'back\\slash',
  'tab\tand\nnewline',
  '  blanks  ',
  'dir/new/ä.txt',
  '[glob]*?',
  'latin-\uDCE9.txt',
]

type Edit = (dir: string) => void

const bytesOf = (dir: string, path: string): Buffer => encodePath(join(dir, path))
const isFile = (dir: string, path: string): boolean =>
  lstatSync(bytesOf(dir, path), { throwIfNoEntry: false })?.isFile() ?? false

/** Makes room for `path`; nothing happens where a file stands in the place of a folder. */
function place(dir: string, path: string): boolean {
  try {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    return !(lstatSync(bytesOf(dir, path), { throwIfNoEntry: false })?.isDirectory() ?? false)
  } catch {
    return false
  }
}

const name = fc.constantFrom(...names)
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(name, fc.uint8Array({ maxLength: 300 })).map(([path, content]): Edit => (dir) => {
    if (!place(dir, path)) return
    rmSync(bytesOf(dir, path), { force: true })
    writeFileSync(bytesOf(dir, path), content)
  }),
  fc
    .tuple(name, fc.nat(11), fc.constantFrom('\n', '\r\n', ' \n', ''))
    .map(([path, at, ending]): Edit => (dir) => {
      if (!isFile(dir, path)) return
      const text = readFileSync(bytesOf(dir, path), 'latin1').split(/(?<=\n)/u)
      text.splice(at, 0, `inserted${ending}`)
      writeFileSync(bytesOf(dir, path), text.join(''), 'latin1')
    }),
  name.map(
    (path): Edit =>
      (dir) =>
        rmSync(bytesOf(dir, path), { force: true, recursive: true }),
  ),
  fc.tuple(name, fc.boolean()).map(([path, on]): Edit => (dir) => {
    if (isFile(dir, path)) chmodSync(bytesOf(dir, path), on ? 0o755 : 0o644)
  }),
  fc.tuple(name, name).map(([from, to]): Edit => (dir) => {
    if (isFile(dir, from) && place(dir, to)) renameSync(bytesOf(dir, from), bytesOf(dir, to))
  }),
  fc.tuple(name, name).map(([path, target]): Edit => (dir) => {
    if (!place(dir, path)) return
    rmSync(bytesOf(dir, path), { force: true })
    symlinkSync(encodePath(target), bytesOf(dir, path))
  }),
)

test(
  'tasks keep every byte, and integrate as git would merge them one after the other',
  { timeout: 120_000 },
  async () => {
    const repository = temporaryRepository(baseFiles)
    const workspace = await repository.open()
    const { head } = await workspace.facts()
    const oracle = join(temporaryFolder(), 'oracle')
    repository.git('worktree', 'add', '-q', '--detach', oracle)
    let round = 0
    let merges = 0

    /** One task in a slot that earlier tasks have used. */
    const runTask = async (slot: number, edits: readonly Edit[]): Promise<string> => {
      const branch = `gump/run-r1.${round}-${slot}`
      const worktree = await workspace.openWorktree({
        dir: `.gump/worktrees/slot-${slot}`,
        branch,
        commit: head,
      })
      for (const change of edits) change(worktree.dir)
      const written = filesOf(worktree.dir)
      const ref = `refs/gump/r1/${round}-${slot}/@1.1.1`
      const snapshot = await worktree.snapshot({ base: head, ref, describe: describing('task') })
      if (snapshot.commit === null) return head
      await worktree.restore(head, 'reset')
      await worktree.restore(snapshot.commit, 'reset')
      expect(filesOf(worktree.dir)).toEqual(written)
      return worktree.promote({
        from: head,
        snapshot: snapshot.commit,
        describe: describing('task', 'r1', 'pass'),
      })
    }

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(edit, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 3 }),
        async (tasks) => {
          round += 1
          const tips: string[] = []
          for (const [slot, edits] of tasks.entries()) tips.push(await runTask(slot, edits))
          repository.gitIn(oracle, 'reset', '-q', '--hard', head)
          let ours = head
          for (const theirs of tips.filter((tip) => tip !== head)) {
            const result = await workspace.integrate({
              ours,
              theirs,
              base: head,
              describe: describing('merge'),
            })
            const expected = mergeByHand(repository, oracle, theirs)
            expect(result.status).toBe(expected === null ? 'conflict' : 'merged')
            if (result.status === 'conflict') return
            const { tree, parents } = await workspace.readCommit(result.commit)
            expect(parents).toEqual([ours, theirs])
            expect(tree).toBe(expected)
            merges += 1
            ours = result.commit
          }
        },
      ),
      { numRuns: 8 },
    )
    expect(merges).toBeGreaterThan(0)
  },
)

/** The tree after `git merge` in a clean environment, or null for a conflict. */
function mergeByHand(
  repository: ReturnType<typeof temporaryRepository>,
  dir: string,
  commit: string,
): string | null {
  try {
    repository.gitIn(dir, 'merge', '-q', '--no-ff', '-m', 'merge', commit)
    return repository.gitIn(dir, 'rev-parse', 'HEAD^{tree}').trim()
  } catch {
    repository.gitIn(dir, 'reset', '-q', '--hard')
    return null
  }
}

test('conflicts name their files and write no commit', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n', bin: Uint8Array.of(0, 1, 2), 'ü\n.txt': 'x\n' })
  const workspace = await repository.open()
  const tips: string[] = []
  for (const run of ['r1', 'r2']) {
    const { head, worktree } = await openRun(workspace, run)
    writeFileSync(join(worktree.dir, 'a.txt'), `${run}\n`)
    writeFileSync(join(worktree.dir, 'bin'), Uint8Array.of(0, run.charCodeAt(1)))
    writeFileSync(join(worktree.dir, 'ü\n.txt'), run)
    const ref = `refs/gump/${run}/impl/@1.1.1`
    tips.push((await worktree.snapshot({ base: head, ref, describe: describing('impl', run) })).commit!)
  }
  const { head } = await workspace.facts()
  const request = { ours: tips[0]!, theirs: tips[1]!, base: head, describe: describing('merge') }
  expect(await workspace.integrate(request)).toEqual({
    status: 'conflict',
    files: ['a.txt', 'bin', 'ü\n.txt'],
  })
  expect(existsSync(join(repository.dir, '.git/MERGE_HEAD'))).toBe(false)
})

test('the base is the one that is given, whatever history says', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  writeFileSync(join(worktree.dir, 'a.txt'), 'two\n')
  const two = (
    await worktree.snapshot({ base: head, ref: 'refs/gump/r1/a/@1.1.1', describe: describing('a') })
  ).commit!
  writeFileSync(join(worktree.dir, 'a.txt'), 'three\n')
  const three = (
    await worktree.snapshot({ base: two, ref: 'refs/gump/r1/b/@1.1.1', describe: describing('b') })
  ).commit!
  // With `two` as base, going from `two` to `three` on top of `head` changes a line that `head` does not have.
  const conflict = await workspace.integrate({
    ours: head,
    theirs: three,
    base: two,
    describe: describing('merge'),
  })
  expect(conflict.status).toBe('conflict')
  const merged = await workspace.integrate({
    ours: head,
    theirs: three,
    base: head,
    describe: describing('merge'),
  })
  expect(merged.status).toBe('merged')
})
