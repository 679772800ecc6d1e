import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { madeUpPrices } from './figures.mjs'
import { startGump } from './gump.mjs'
import { leftBehind } from './left-behind.mjs'
import { modelProcess } from './model-process.mjs'

const timeLimit = '10m'
const pricing = Object.entries(madeUpPrices)
  .map(
    ([model, { input, output, cacheRead, cacheWrite }]) =>
      `[pricing."${model}"]\ninput = ${input}\noutput = ${output}\ncache_read = ${cacheRead}\ncache_write = ${cacheWrite}\n`,
  )
  .join('\n')

function write(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

function hasSandbox() {
  return process.platform === 'darwin' || spawnSync('bwrap', ['--bind', '/', '/', 'true']).status === 0
}

/**
 * A repository, a home folder that nobody has used, a model, and gump: everything that one case needs.
 *
 * @param {object} options
 * @param {string} options.folder empty; everything goes in there
 * @param {import('./programs/program.mjs').Program} options.program
 * @param {readonly string[]} options.path folders with the program, and with the Node it needs
 * @param {string} options.sandbox value of `--sandbox`
 */
export function createWorld({ folder, program, path, sandbox }) {
  const repo = join(folder, 'repo')
  const home = join(folder, 'home')
  const temporary = join(folder, 'tmp')
  for (const made of [repo, home, temporary]) mkdirSync(made)
  const model = modelProcess(folder)
  // Inherited by everything that gump starts, unless a program empties the environment.
  const mark = `AGENT_TEST=${randomUUID()}`
  const environment = {
    PATH: [...path, '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    HOME: home,
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    NO_COLOR: '1',
    AGENT_TEST: mark.slice('AGENT_TEST='.length),
    // Where there is no sandbox, root has to say that it knows what it does, or Claude Code runs no command.
    ...(sandbox !== 'off' && hasSandbox() ? {} : { IS_SANDBOX: '1' }),
  }
  let variables = {}

  const git = (...args) =>
    execFileSync('git', args, {
      cwd: repo,
      env: { PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
      encoding: 'utf8',
    }).trimEnd()
  const start = (...args) => startGump(args, { cwd: repo, env: { ...environment, ...variables } })

  const runFolder = () => {
    const runs = join(repo, '.gump', 'runs')
    const names = readdirSync(runs).filter((name) => /^[0-9a-f-]{36}$/u.test(name))
    return join(runs, names.toSorted().at(-1) ?? '')
  }

  return {
    program,
    repo,
    model,
    git,

    /** Writes workflow and settings, commits them, and starts the model. */
    async prepare({ workflow, script, env = {} }) {
      const url = await model.play(script)
      const { env: own, files } = program.setUp({ url })
      variables = { ...own, ...env }
      write(home, { ...files, '.gump/config.toml': pricing })
      write(repo, { 'README.md': '# A project\n', 'workflow.yaml': workflow })
      git('init', '--quiet', '--initial-branch=main')
      git('add', '--all')
      git(
        '-c',
        'user.name=A User',
        '-c',
        'user.email=user@example.com',
        'commit',
        '--quiet',
        '--message=first',
      )
    },

    /** Starts the workflow; its ledger's events come as lines. */
    startRun: (...flags) =>
      start('run', 'workflow.yaml', '--json', '--sandbox', sandbox, '--max-timeout', timeLimit, ...flags),
    startResume: (...flags) => start('run', '--resume', '--json', '--sandbox', sandbox, ...flags),

    async run(...flags) {
      return await this.startRun(...flags).ended
    },
    async resume(...flags) {
      return await this.startResume(...flags).ended
    },
    async gump(...args) {
      return await start(...args).ended
    },

    /** The ledger of the newest run. */
    events: () =>
      readFileSync(join(runFolder(), 'manifest.ndjson'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),

    leftBehind: () => leftBehind(mark),
  }
}
