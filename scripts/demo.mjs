// The demo: a real workflow on a copy of the sample repository. The agents are scripted, so that it needs no account and
// no network; the worktree, the gates, the retries, the commits and the report are as real as they get.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { exec } from './toolchain/exec.mjs'
import { root } from './toolchain/root.mjs'

const gump = join(root, 'apps/cli/bin/gump.js')
const repository = join(mkdtempSync(join(tmpdir(), 'gump-demo-')), 'expenses')

function git(...args) {
  execFileSync('git', args, { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] })
}

function prepare() {
  cpSync(join(root, 'examples/sample-expenses'), repository, {
    recursive: true,
    filter: (source) => !/[\\/](?:node_modules|dist)$/u.test(source),
  })
  // The sample's own dependencies are already here; nothing has to be downloaded.
  for (const [from, to] of [
    ['typescript', 'node_modules/typescript'],
    ['@types/node', 'node_modules/@types/node'],
    ['typescript/bin/tsc', 'node_modules/.bin/tsc'],
  ]) {
    mkdirSync(dirname(join(repository, to)), { recursive: true })
    symlinkSync(join(root, 'node_modules', from), join(repository, to))
  }
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git(
    '-c',
    'user.name=Demo',
    '-c',
    'user.email=demo@example.org',
    'commit',
    '--quiet',
    '--message=Sample repository',
  )
}

function say(text = '') {
  process.stdout.write(`${text}\n`)
}

async function show(...args) {
  say(`$ gump ${args.join(' ')}`)
  const code = await exec(process.execPath, [gump, ...args], { cwd: repository, stdin: 'inherit' })
  say()
  return code
}

prepare()
say(`A copy of examples/sample-expenses, committed to a new repository: ${repository}\n`)
const code = await show('run', 'tdd', '--spec', 'spec.md')
if (code === 0) {
  await show('report')
  say(`The result is a branch in ${repository}; your own files were not touched. Next:

  cd ${repository}
  alias gump='node ${gump}'
  gump report --detail even-shares/green  every attempt of a step, with its cost and gates
  gump report --html report.html          the same as a page
  gump apply                              merge the result into main
  git log --graph --oneline               one commit for each step

With your own agent instead of the script (Claude Code here; gump models lists the others):

  sed -i.bak '/^\\[agents/,$d' gump.toml && git commit -qam 'Use real agents'
  gump run tdd --spec spec.md`)
}
process.exitCode = code
