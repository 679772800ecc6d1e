import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, test } from 'vitest'

import type { Snapshot, Worktree } from '../src/index.js'
import { bundleSources } from './support/bundle.js'
import {
  describing,
  filesOf,
  openRun,
  temporaryFolder,
  temporaryRepository,
} from './support/temporary-repository.js'

const bundle = bundleSources()

type Repository = ReturnType<typeof temporaryRepository>

async function start(files: Record<string, string> = { 'a.txt': 'one\n', 'dir/b.txt': 'two\n' }): Promise<{
  repository: Repository
  worktree: Worktree
  head: string
  agent: (...args: string[]) => string
  snapshot: (n?: number) => Promise<Snapshot>
  expectInOrder: () => void
}> {
  const repository = temporaryRepository(files)
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  return {
    repository,
    worktree,
    head,
    agent: (...args) => repository.gitIn(worktree.dir, ...args),
    snapshot: (n = 1) =>
      worktree.snapshot({ base: head, ref: `refs/gump/r1/impl/@1.${n}.1`, describe: describing('impl') }),
    expectInOrder: () => {
      expect(repository.gitIn(worktree.dir, 'symbolic-ref', 'HEAD')).toBe('refs/heads/gump/run-r1\n')
      expect(repository.git('rev-parse', 'gump/run-r1').trim()).toBe(head)
      expect(repository.gitIn(worktree.dir, 'diff', '--cached', '--name-only')).toBe('')
    },
  }
}

/** The files of a commit, as a fresh checkout has them. */
function checkedOut(repository: Repository, commit: string): Record<string, string> {
  const dir = temporaryFolder()
  repository.git(
    '--work-tree',
    dir,
    'read-tree',
    '--index-output',
    join(repository.dir, '.git/test-index'),
    commit,
  )
  const env = {
    ...repository.env,
    GIT_INDEX_FILE: join(repository.dir, '.git/test-index'),
    GIT_WORK_TREE: dir,
    GIT_DIR: join(repository.dir, '.git'),
  }
  execFileSync('git', ['checkout-index', '-a'], { cwd: dir, env })
  return filesOf(dir)
}

describe('what an agent does with git is undone, its edits stay', () => {
  const deeds: Record<
    string,
    (worktree: string, git: (...args: string[]) => string, repository: Repository) => void
  > = {
    commits: (_, git) => git('commit', '-qam', 'mine'),
    'switches to a new branch and commits': (_, git) => {
      git('checkout', '-q', '-b', 'elsewhere')
      git('commit', '-qam', 'mine')
    },
    'detaches HEAD': (_, git) => git('checkout', '-q', '--detach'),
    'stages and unstages': (_, git) => {
      git('add', '-A')
      git('rm', '-q', '--cached', 'dir/b.txt')
    },
    'deletes the branch': (_, git) => {
      git('checkout', '-q', '--detach')
      git('branch', '-q', '-D', 'gump/run-r1')
    },
    'makes a tag that is named like the branch': (_, git) => {
      git('checkout', '-q', '--detach')
      git('branch', '-q', '-D', 'gump/run-r1')
      git('update-ref', 'refs/tags/refs/heads/gump/run-r1', 'HEAD')
    },
    'makes branches that are named like the snapshot': (_, git) => {
      git('update-ref', 'refs/heads/refs/gump/r1/impl/@1.1.1', 'HEAD')
      git('update-ref', 'refs/tags/refs/gump/r1/impl/@1.1.1', 'HEAD')
    },
    'turns the branch into a symbolic ref to main': (_, git) =>
      git('symbolic-ref', 'refs/heads/gump/run-r1', 'refs/heads/main'),
    'breaks the index': (worktree, git) =>
      writeFileSync(git('rev-parse', '--git-path', 'index').trim() || worktree, 'broken'),
    'deletes the index': (_, git) => rmSync(git('rev-parse', '--git-path', 'index').trim()),
    'leaves locks behind': (_, git, repository) => {
      writeFileSync(git('rev-parse', '--git-path', 'index.lock').trim(), '')
      writeFileSync(git('rev-parse', '--git-path', 'HEAD.lock').trim(), '')
      writeFileSync(join(repository.dir, '.git/refs/heads/gump/run-r1.lock'), '')
    },
    'rewrites the .git file': (worktree) => writeFileSync(join(worktree, '.git'), 'gitdir: /nowhere\n'),
    'makes a repository of its own in its place': (worktree) => {
      rmSync(join(worktree, '.git'))
      execFileSync('git', ['init', '-q'], { cwd: worktree })
    },
    'links .git to the repository': (worktree, _, repository) => {
      rmSync(join(worktree, '.git'))
      symlinkSync(join(repository.dir, '.git'), join(worktree, '.git'))
    },
    'removes its registration': (worktree, git) => {
      rmSync(git('rev-parse', '--absolute-git-dir').trim(), { recursive: true })
      expect(existsSync(worktree)).toBe(true)
    },
    'prunes worktrees from outside': (worktree, _, repository) => {
      renameSync(worktree, `${worktree}-away`)
      repository.git('worktree', 'prune')
      renameSync(`${worktree}-away`, worktree)
    },
    'starts a merge that it does not finish': (_, git) => {
      git('stash', '-q')
      git('checkout', '-q', '-b', 'other')
      git('commit', '-q', '--allow-empty', '-m', 'x')
      git('checkout', '-q', 'gump/run-r1')
      git('merge', '-q', '--no-commit', '--no-ff', 'other')
      git('stash', 'pop', '-q')
    },
    'plants configuration': (_, git) => {
      git('config', 'extensions.worktreeConfig', 'true')
      git('config', '--worktree', 'core.fsmonitor', 'touch /tmp/must-not-run')
      git('config', '--worktree', 'core.bare', 'true')
    },
  }
  test.each(Object.entries(deeds))('it %s', async (_, deed) => {
    const { repository, worktree, head, agent, snapshot, expectInOrder } = await start()
    const main = repository.git('rev-parse', 'main')
    writeFileSync(join(worktree.dir, 'a.txt'), 'edited\n')
    deed(worktree.dir, agent, repository)
    writeFileSync(join(worktree.dir, 'late.txt'), 'late\n')
    const { commit } = await snapshot()
    expect(checkedOut(repository, commit!)).toEqual({
      'a.txt': 'file edited\n',
      'dir/b.txt': 'file two\n',
      'late.txt': 'file late\n',
    })
    expect(filesOf(worktree.dir)).toEqual(checkedOut(repository, commit!))
    expect(repository.git('rev-parse', `${commit}^`).trim()).toBe(head)
    expectInOrder()
    const promoted = await worktree.promote({
      from: head,
      snapshot: commit!,
      describe: describing('impl', 'r1', 'pass'),
    })
    expect(repository.git('rev-parse', 'gump/run-r1').trim()).toBe(promoted)
    expect(repository.git('rev-parse', 'main')).toBe(main)
    expect(agent('status', '--porcelain')).toBe('')
    expect(agent('stash', 'list')).toBe('')
  })
})

function makePipe(path: string): void {
  execFileSync('sh', ['-c', 'mkfifo "$0"', path])
}

describe('what cannot be in a tree as it is', () => {
  test('repositories inside the worktree are recorded as plain files', async () => {
    const { repository, worktree, snapshot } = await start()
    const at = (path: string): string => join(worktree.dir, path)
    for (const name of ['empty', 'fresh', 'grown', 'grown/inner', 'fresh/deep/inner', 'odd [n*me]']) {
      mkdirSync(at(name), { recursive: true })
      repository.gitIn(at(name), 'init', '-q')
      if (name === 'empty') continue
      writeFileSync(at(`${name}/file`), name)
      writeFileSync(at(`${name}/.gitignore`), 'ignored\n')
      writeFileSync(at(`${name}/ignored`), '')
      if (!name.startsWith('fresh')) {
        repository.gitIn(at(name), 'add', 'file')
        repository.gitIn(at(name), 'commit', '-qm', 'own')
      }
    }
    const first = await snapshot()
    expect(first.files.map(({ path }) => path)).toEqual(
      ['fresh', 'fresh/deep/inner', 'grown', 'grown/inner', 'odd [n*me]']
        .flatMap((d) => [`${d}/.gitignore`, `${d}/file`])
        .toSorted(),
    )
    expect(repository.git('ls-tree', '-r', first.commit!)).not.toContain('160000')
    // Once recorded, they stay plain, and the next snapshot of the same files is the same tree.
    expect((await snapshot(2)).tree).toBe(first.tree)
    writeFileSync(at('grown/inner/file'), 'more')
    const third = await snapshot(3)
    expect(checkedOut(repository, third.commit!)['grown/inner/file']).toBe('file more')

    await worktree.restore(first.commit!, 'reset')
    expect(readFileSync(at('grown/inner/file'), 'utf8')).toBe('grown/inner')
  })

  test('a repository inside the worktree cannot make Gump run its configuration', async () => {
    const { repository, worktree, snapshot } = await start()
    const nested = join(worktree.dir, 'nested')
    const proof = join(repository.home, 'proof')
    mkdirSync(nested)
    repository.gitIn(nested, 'init', '-q')
    writeFileSync(join(nested, 'file'), '')
    repository.gitIn(nested, 'add', '.')
    repository.gitIn(nested, 'commit', '-qm', 'own')
    repository.gitIn(nested, 'config', 'core.fsmonitor', `touch ${proof};`)
    await snapshot()
    await worktree.restore((await snapshot(2)).commit!, 'pristine')
    expect(existsSync(proof)).toBe(false)
  })

  test('pipes are left out; one in the place of a file counts as its deletion', async () => {
    const { worktree, head, snapshot } = await start()
    makePipe(join(worktree.dir, 'pipe'))
    rmSync(join(worktree.dir, 'a.txt'))
    makePipe(join(worktree.dir, 'a.txt'))
    writeFileSync(join(worktree.dir, 'new.txt'), 'new\n')
    const { files } = await snapshot()
    expect(files.map(({ path, status }) => [path, status])).toEqual([
      ['a.txt', 'deleted'],
      ['new.txt', 'added'],
    ])
    await worktree.restore(head, 'reset')
    expect(readFileSync(join(worktree.dir, 'a.txt'), 'utf8')).toBe('one\n')
  })

  test('a link in the place of a folder is recorded as a link and never followed', async () => {
    const { repository, worktree, head, snapshot } = await start()
    const outside = temporaryFolder()
    writeFileSync(join(outside, 'b.txt'), 'outside\n')
    rmSync(join(worktree.dir, 'dir'), { recursive: true })
    symlinkSync(outside, join(worktree.dir, 'dir'))
    const { commit } = await snapshot()
    expect(checkedOut(repository, commit!)).toEqual({ 'a.txt': 'file one\n', dir: `link ${outside}` })
    await worktree.restore(head, 'pristine')
    expect(readFileSync(join(outside, 'b.txt'), 'utf8')).toBe('outside\n')
    expect(filesOf(worktree.dir)).toEqual({ 'a.txt': 'file one\n', 'dir/b.txt': 'file two\n' })
  })

  test('a worktree whose folder became a link to the home folder cleans nothing there', async () => {
    const { repository, worktree, head } = await start()
    writeFileSync(join(repository.home, 'precious'), 'mine')
    rmSync(worktree.dir, { recursive: true })
    symlinkSync(repository.home, worktree.dir)
    await expect(worktree.restore(head, 'pristine')).rejects.toMatchObject({ code: 'GUMP-G016' })
    expect(readFileSync(join(repository.home, 'precious'), 'utf8')).toBe('mine')
  })

  test('links in the place of the hand-over folder are replaced, not followed', async () => {
    const { worktree } = await start()
    const outside = temporaryFolder()
    writeFileSync(join(outside, 'precious'), 'mine')
    for (const place of ['.gump', '.gump/out']) {
      rmSync(join(worktree.dir, '.gump'), { recursive: true, force: true })
      if (place !== '.gump') mkdirSync(join(worktree.dir, '.gump'))
      mkdirSync(join(outside, 'out'), { recursive: true })
      symlinkSync(outside, join(worktree.dir, place))
      await worktree.emptyOut()
      expect(readdirSync(join(worktree.dir, '.gump/out'))).toEqual([])
      expect(lstatSync(join(worktree.dir, '.gump')).isDirectory()).toBe(true)
      expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('mine')
    }
  })
})

test("an ignore file that takes everything back in cannot bring Gump's own folders into a snapshot", async () => {
  const { worktree, snapshot } = await start({
    'a.txt': 'one\n',
    '.gitignore': '*\n!*/\n!*.json\n!.gitignore\n!a.txt\n',
  })
  await worktree.emptyOut()
  writeFileSync(join(worktree.dir, '.gump/out/plan.json'), '[]')
  writeFileSync(join(worktree.dir, 'kept.json'), '{}')
  const { files, commit } = await snapshot()
  expect(files.map(({ path }) => path)).toEqual(['kept.json'])
  await worktree.restore(commit!, 'reset')
  expect(existsSync(join(worktree.dir, '.gump/out/plan.json'))).toBe(true)
})

test('a step that sees .gitignore changed by a gate keeps what the commit ignores and loses the rest', async () => {
  const { worktree, head, snapshot } = await start({ 'a.txt': 'one\n', '.gitignore': 'node_modules/\n' })
  mkdirSync(join(worktree.dir, 'node_modules'))
  writeFileSync(join(worktree.dir, 'node_modules/x'), 'x')
  writeFileSync(join(worktree.dir, '.gitignore'), '*.junk\n')
  mkdirSync(join(worktree.dir, 'sub'))
  writeFileSync(join(worktree.dir, 'sub/.gitignore'), '*\n')
  writeFileSync(join(worktree.dir, 'sub/hidden'), '')
  writeFileSync(join(worktree.dir, 'a.junk'), '')
  mkdirSync(join(worktree.dir, 'empty/deep'), { recursive: true })
  await worktree.restore(head, 'reset')
  expect(filesOf(worktree.dir)).toEqual({
    '.gitignore': 'file node_modules/\n',
    'a.txt': 'file one\n',
    'node_modules/x': 'file x',
    // A folder that ignores itself is how tools mark their caches.
    'sub/.gitignore': 'file *\n',
    'sub/hidden': 'file ',
  })
  expect(existsSync(join(worktree.dir, 'empty'))).toBe(false)
  await worktree.restore(head, 'pristine')
  expect(Object.keys(filesOf(worktree.dir))).toEqual(['.gitignore', 'a.txt'])
  expect((await snapshot()).commit).toBeNull()
})

test('folders and files without rights are opened', () => {
  const top = temporaryFolder()
  chmodSync(top, 0o777)
  const script = fileURLToPath(new URL('support/rights.mjs', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, [script, bundle.file, top], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual({
    files: ['added locked/file', 'added unreadable'],
    restored: ['.git', '.gump', 'a.txt', 'dir'],
    left: [],
  })
})
