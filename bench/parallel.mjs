// Ten tasks at the same time in large repositories: how long the run takes and how much memory the engine's process needs,
// each as a multiple of what one `git worktree add` takes in the same repository. The agents are scripted and write one file
// each, so that what is measured is Gump's own work: worktrees, snapshots, integration. Run after a build.
//
// node bench/parallel.mjs [--smoke] [--jobs=N]
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const smoke = process.argv.includes('--smoke')
const sizes = smoke ? [200] : [10_000, 50_000]
const tasks = 10

const env = {
  PATH: process.env.PATH,
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
}
const git = (cwd, ...args) => execFileSync('git', args, { cwd, env, encoding: 'utf8' }).trim()
const names = Array.from({ length: tasks }, (_, i) => `task-${i}`)

function makeRepository(dir, files) {
  for (let i = 0; i < files; i++) {
    const folder = join(dir, `folder-${i % 100}`)
    if (i < 100) mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `file-${i}.txt`), `file ${i}\n`.repeat(20))
  }
  git(dir, 'init', '-q', '-b', 'main')
  git(dir, 'add', '-A')
  git(dir, 'commit', '-q', '-m', 'first')
}

/** The run, in a process of its own: peak memory is known for whole processes only. */
async function run(dir, jobs) {
  const { parseAgentScript, scripted } = await import('../packages/agents/dist/index.js')
  const { createEngine } = await import('../packages/engine/dist/index.js')
  const { builtinGates } = await import('../packages/gates/dist/index.js')
  const { builtinGuards } = await import('../packages/guards/dist/index.js')
  const { memoryPlaybook } = await import('../packages/schema/dist/index.js')

  const plan = names.map((name) => ({ name, description: name, files: [`${name}.txt`] }))
  const script = [
    { match: { step: 'split' }, do: [{ out: { plan } }] },
    ...names.map((name) => ({
      match: { task: name },
      do: [{ write: { path: `${name}.txt`, content: name } }],
    })),
  ]
  const workflow = {
    name: 'parallel',
    steps: [
      {
        name: 'split',
        type: 'split',
        agent: 'scripted',
        prompt: 'split',
        parallel: true,
        gate: ['schema'],
        each: [{ name: 'write', type: 'code', agent: 'scripted', prompt: 'write {task.name}' }],
      },
    ],
  }
  const engine = createEngine({
    repo: dir,
    // JSON is YAML.
    playbook: memoryPlaybook({
      origin: 'builtin',
      workflows: [{ ref: 'parallel', text: JSON.stringify(workflow) }],
    }),
    agents: [scripted(parseAgentScript(JSON.stringify(script), 'bench.yaml'))],
    gates: builtinGates,
    guards: builtinGuards,
    ambient: { env },
    ...(jobs === undefined ? {} : { settings: { jobs: Number(jobs) } }),
  })
  const started = performance.now()
  const going = await engine.start({ workflow: 'parallel' })
  const result = await going.result
  const ms = performance.now() - started
  await engine.close()
  if (result.status !== 'passed') throw new Error(`the run ${result.status}: ${result.reason}`)
  return { ms, mb: process.resourceUsage().maxRSS / 1024, commit: result.commit }
}

/** Peak memory of a process and its children, looked at while they run; `null` where there is no /proc. */
function peakOf(pid) {
  try {
    const peak =
      Number(/^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
    return Math.max(peak, ...children.map((child) => peakOf(child) ?? 0))
  } catch {
    return null
  }
}

/** The yardstick. `git worktree add` leaves the writing of files to a child. */
function addWorktree(repo, dir) {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn('git', ['worktree', 'add', '-q', '--detach', dir], {
      cwd: repo,
      env,
      stdio: 'ignore',
    })
    let mb = 0
    const watch = setInterval(() => (mb = Math.max(mb, peakOf(child.pid) ?? 0)), 2)
    child.once('error', reject)
    child.once('exit', (code) => {
      clearInterval(watch)
      if (code === 0) resolve({ ms: performance.now() - started, mb })
      else reject(new Error(`git worktree add: ${code}`))
    })
  })
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

function runInChild(dir, jobs) {
  const file = fileURLToPath(import.meta.url)
  return JSON.parse(execFileSync(process.execPath, [file, 'run', dir, ...jobs], { env, encoding: 'utf8' }))
}

async function measure(files, jobs) {
  const top = mkdtempSync(join(tmpdir(), 'gump-bench-'))
  try {
    const repo = join(top, 'repo')
    mkdirSync(repo)
    makeRepository(repo, files)
    const added = []
    // The first one warms the cache of the file system for everybody.
    for (let i = -1; i < 3; i++) {
      const result = await addWorktree(repo, join(top, `worktree-${i}`))
      if (i >= 0) added.push(result)
      git(repo, 'worktree', 'remove', '--force', join(top, `worktree-${i}`))
    }
    const own = runInChild(repo, jobs)
    const made = git(repo, 'diff', '--name-only', 'main', own.commit).split('\n').toSorted()
    if (made.join() !== names.map((name) => `${name}.txt`).join())
      throw new Error(`the run made ${made.join()}`)
    return {
      files,
      own,
      worktrees: git(repo, 'worktree', 'list').split('\n').length - 1,
      raw: { ms: median(added.map(({ ms }) => ms)), mb: Math.max(...added.map(({ mb }) => mb)) },
    }
  } finally {
    rmSync(top, { recursive: true, force: true })
  }
}

if (process.argv[2] === 'run') {
  process.stdout.write(JSON.stringify(await run(...process.argv.slice(3))))
} else {
  const jobs = process.argv
    .filter((arg) => arg.startsWith('--jobs='))
    .map((arg) => arg.slice('--jobs='.length))
  console.log(
    '| files | worktree add ms | ten tasks ms | ratio | git peak MB | engine peak MB | ratio | worktrees |',
  )
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
  for (const size of sizes) {
    const { files, own, raw, worktrees } = await measure(size, jobs)
    const memory = raw.mb === 0 ? '' : (own.mb / raw.mb).toFixed(1)
    const cells = [raw.ms.toFixed(0), own.ms.toFixed(0), (own.ms / raw.ms).toFixed(1)]
    console.log(
      `| ${[files, ...cells, raw.mb.toFixed(0), own.mb.toFixed(0), memory, worktrees].join(' | ')} |`,
    )
  }
}
