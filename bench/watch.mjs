// What it costs to look whether the user's checkout changed, and to build the view of the repository that an agent's git
// gets, as multiples of git calls on the same repository. `--smoke` makes a short run that only shows that it works.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openWorkspace } from '../packages/workspace/dist/index.js'

const smoke = process.argv.includes('--smoke')
const sizes = smoke ? [100] : [100, 10_000, 50_000]
const rounds = smoke ? 3 : 25

const env = {
  PATH: process.env.PATH,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@localhost',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@localhost',
}

function makeRepository(dir, files) {
  for (let n = 0; n < files; n += 1) {
    const folder = join(dir, `folder-${n % 100}`)
    if (n < 100) mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `file-${n}.txt`), `file ${n}\n`.repeat(20))
  }
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['config', 'gc.auto', '0'],
    ['add', '-A'],
    ['commit', '-q', '-m', 'first'],
  ]) {
    execFileSync('git', args, { cwd: dir, env })
  }
}

async function median(work) {
  const times = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]
}

async function measure(files) {
  const top = mkdtempSync(join(tmpdir(), 'gump-bench-'))
  const repo = join(top, 'repo')
  mkdirSync(repo)
  makeRepository(repo, files)
  const workspace = await openWorkspace(repo, { env })
  try {
    await workspace.excludeOwnFolders()
    const { head } = await workspace.facts()
    const worktree = await workspace.openWorktree({
      dir: join(top, 'worktree'),
      branch: 'gump/run-bench',
      commit: head,
    })
    const git = (...args) =>
      execFileSync('git', args, { cwd: repo, env, stdio: ['ignore', 'pipe', 'ignore'] })
    const status = await median(() => git('status', '--porcelain=v2', '-z', '--untracked-files=all'))
    const refs = await median(() => git('for-each-ref'))
    const settings = await median(() => workspace.gitSettings())
    const state = await median(() => workspace.checkoutState())
    const view = await median(() => worktree.gitView({ place: join(top, 'view') }))
    const again = await median(() => worktree.gitView({ place: join(top, 'view'), again: true }))
    const row = [
      files,
      status,
      refs,
      settings,
      settings / status,
      state,
      state / status,
      view,
      view / refs,
      again,
    ]
    console.log(`| ${row.map((value, at) => (at === 0 ? value : value.toFixed(2))).join(' | ')} |`)
  } finally {
    await workspace.close()
    rmSync(top, { recursive: true, force: true })
  }
}

console.log(
  '| files | git status ms | git for-each-ref ms | settings ms | ÷ status | checkout ms | ÷ status | view ms | ÷ for-each-ref | next view ms |',
)
console.log(`| ${'---: | '.repeat(10).trim()}`)
for (const files of sizes) await measure(files)
