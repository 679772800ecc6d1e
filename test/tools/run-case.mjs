import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const limitMs = 240_000

function write(root, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

function git(root, ...args) {
  const { status, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
}

/**
 * Has a scripted agent make one change in a project that uses a real tool, and looks at what the gates say.
 *
 * @returns null when they say what they must, otherwise what went wrong.
 */
export async function runCase({ project, change, path, modules, gump }) {
  const files = project[change === 'outside' ? 'broken' : change]
  if (files === null) return null
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'gump-tools-')))
  const repo = join(root, 'repo')
  const home = join(root, 'home')
  try {
    mkdirSync(home)
    const gates = change === 'bent' ? [...project.gates, 'pass_to_pass'] : project.gates
    const actions = Object.entries(files).map(([file, content]) => ({ write: { path: file, content } }))
    write(repo, {
      ...project.files,
      'gump.toml': `[agents.scripted]\nscript = "agent.yaml"\n${project.configuration ?? ''}`,
      'agent.yaml': JSON.stringify([{ do: ['turn', ...actions] }]),
      '.gump/workflows/w.yaml': `name: w\nsteps:\n  - {name: impl, type: code, agent: scripted, prompt: go, gate: [${gates.join(', ')}]}\n`,
    })
    git(repo, 'init', '-q', '-b', 'main')
    git(repo, '-c', 'user.name=t', '-c', 'user.email=t@example.org', 'add', '-A')
    git(repo, '-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '-qm', 'base')
    if (modules !== null)
      cpSync(modules, join(repo, 'node_modules'), { recursive: true, verbatimSymlinks: true })
    if (project.prepare !== undefined) {
      const { status, stderr } = spawnSync('bash', ['-c', project.prepare], { cwd: repo, encoding: 'utf8' })
      if (status !== 0) return `the project could not be prepared: ${stderr}`
    }
    const env = { PATH: path, HOME: home, LANG: 'C.UTF-8', ...toolchains() }
    if (change === 'outside') {
      for (const [name, value] of Object.entries(project.outside)) {
        env[name] = value.replaceAll('{checkout}', repo).replaceAll('{path}', path)
      }
    }
    const { code, output } = await run(gump, repo, env)
    return verdict(project, change, code, output)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Where toolchains that were installed for a user keep themselves. */
function toolchains() {
  const names = ['CARGO_HOME', 'RUSTUP_HOME', 'PYENV_ROOT', 'GOROOT']
  const home = process.env.HOME ?? '/root'
  const usual = {
    CARGO_HOME: join(home, '.cargo'),
    RUSTUP_HOME: join(home, '.rustup'),
    PYENV_ROOT: join(home, '.pyenv'),
  }
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name] ?? usual[name]
      return value === undefined || !existsSync(value) ? [] : [[name, value]]
    }),
  )
}

function verdict(project, change, code, output) {
  const said = `exit ${code}\n${output}`
  if (change === 'good') return code === 0 ? null : `an honest change was refused; ${said}`
  if (code !== 1)
    return `${change === 'bent' ? 'bent tests' : 'a broken change'} passed, or nothing could be judged; ${said}`
  const judged = change === 'bent' ? /pass_to_pass ✗|(?:test|lint) ✗/u : /(?:test|lint|compile) ✗/u
  return judged.test(output) ? null : `no gate failed for it; ${said}`
}

function run(gump, cwd, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [gump, 'run', 'w'], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let output = ''
    const take = (text) => (output += text)
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), limitMs)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, output })
    })
  })
}
