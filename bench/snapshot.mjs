// What a step costs in git: one snapshot and its promotion, as a multiple of the four git commands that do the bare
// minimum (add, write-tree, commit-tree, update-ref). `--smoke` makes a short run that only shows that it works.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openWorkspace } from '../packages/workspace/dist/index.js'

const smoke = process.argv.includes('--smoke')
const sizes = smoke ? [100] : [100, 1000, 10_000]
const steps = smoke ? 5 : 50
const goal = 1.2

const env = {
  PATH: process.env.PATH,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@localhost',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@localhost',
}

/** Runs git without blocking, as an engine with other things to do has to. */
function git(cwd, args) {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (chunk) => (text += chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(text.trim()) : reject(new Error(`git ${args[0]}: ${code}`)),
    )
  })
}

async function timed(work) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

function makeRepository(dir, files) {
  for (let n = 0; n < files; n += 1) {
    const folder = join(dir, `folder-${n % 100}`)
    if (n < 100) mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `file-${n}.txt`), `file ${n}\n`.repeat(20))
  }
  execFileSync('git', ['init', '-q', '-b', 'main'], { cwd: dir, env })
  execFileSync('git', ['add', '-A'], { cwd: dir, env })
  execFileSync('git', ['commit', '-q', '-m', 'first'], { cwd: dir, env })
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
      dir: '.gump/worktrees/run-bench',
      branch: 'gump/run-bench',
      commit: head,
    })
    const raw = join(top, 'raw')
    execFileSync('git', ['worktree', 'add', '-q', '-b', 'raw', raw], { cwd: repo, env })

    const describe = { subject: 'step', trailers: { 'Gump-Run': 'bench', 'Gump-Status': 'pass' } }
    const times = { raw: [], step: [], nothing: [] }
    let base = head
    let parent = head
    // The first steps load code and warm caches on both sides.
    for (let n = -3; n < steps; n += 1) {
      const path = join(`folder-${(n + 3) % 100}`, `file-${(n + 3) % 100}.txt`)
      writeFileSync(join(raw, path), `step ${n}\n`)
      writeFileSync(join(worktree.dir, path), `step ${n}\n`)
      const rawTime = await timed(async () => {
        await git(raw, ['add', '-A'])
        const tree = await git(raw, ['write-tree'])
        parent = await git(raw, ['commit-tree', '-p', parent, '-m', 'step', tree])
        await git(raw, ['update-ref', 'refs/heads/raw', parent])
      })
      const stepTime = await timed(async () => {
        const ref = `refs/gump/bench/step-${n + 3}/@1.1.1`
        const snapshot = await worktree.snapshot({ base, ref, describe })
        base = await worktree.promote({ from: base, snapshot: snapshot.commit, describe })
      })
      const nothing = await timed(() =>
        worktree.snapshot({ base, ref: `refs/gump/bench/none-${n + 3}/@1.1.1`, describe }),
      )
      if (n < 0) continue
      times.raw.push(rawTime)
      times.step.push(stepTime)
      times.nothing.push(nothing)
    }
    return { files, raw: median(times.raw), step: median(times.step), nothing: median(times.nothing) }
  } finally {
    await workspace.close()
    rmSync(top, { recursive: true, force: true })
  }
}

const row = (...cells) => `${cells.map((cell) => String(cell).padStart(24)).join('')}\n`
process.stdout.write(
  row('files', 'four git commands, ms', 'snapshot + promote, ms', 'multiple', 'unchanged snapshot, ms'),
)
for (const size of sizes) {
  const { files, raw, step, nothing } = await measure(size)
  process.stdout.write(
    row(files, raw.toFixed(1), step.toFixed(1), (step / raw).toFixed(2), nothing.toFixed(1)),
  )
}
process.stdout.write(
  `Medians of ${steps} steps that change one file each; the goal is a multiple of at most ${goal}.\n`,
)
