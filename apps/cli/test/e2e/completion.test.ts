import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { findOnPath } from '@gump/process'
import { expect, it } from 'vitest'

import { bin } from './support/bin.js'
import { project, succeeds } from './support/workflows.js'
import { type World, world } from './support/world.js'

/** Where `gump` is the real program for completion, and otherwise writes down what it was given. */
interface Shells {
  /** Types keys after the prompt of an interactive shell, and returns what `gump` was started with. */
  typed(shell: string, keys: string): Promise<readonly string[]>
  offered(line: string): readonly string[]
  readonly place: World
}

const prompt = 'ready for keys'

function shells(place: World): Shells {
  const programs = join(place.home, 'programs')
  const taken = join(place.home, 'arguments')
  place.atHome('programs/gump', recorder(taken))
  spawnSync('chmod', ['+x', join(programs, 'gump')])
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = spawnSync(process.execPath, [bin, 'completion', shell], { encoding: 'utf8' })
    place.atHome(`completion.${shell}`, stdout)
  }
  place.atHome('.bashrc', `PS1='${prompt}> '\nbind 'set enable-bracketed-paste off'\n. ~/completion.bash\n`)
  place.atHome('.zshrc', `PS1='${prompt}> '\nautoload -Uz compinit && compinit -u\n. ~/completion.zsh\n`)
  const env = {
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
    HOME: place.home,
    LC_ALL: 'C.UTF-8',
    TERM: 'xterm',
  }
  return {
    place,
    async typed(shell, keys) {
      writeFileSync(taken, '')
      await type(['script', '-qefc', `${shell} -i`, '/dev/null'], { cwd: place.repo.dir, env }, keys)
      return readFileSync(taken, 'utf8').trimEnd().split('\n')
    },
    offered(line) {
      const script = `source ~/completion.fish; complete -C ${JSON.stringify(line)}`
      const { stdout } = spawnSync('fish', ['-c', script], { cwd: place.repo.dir, env, encoding: 'utf8' })
      return stdout.trimEnd().split('\n')
    },
  }
}

function recorder(file: string): string {
  return `#!/bin/sh
if [ "$1" = __complete ]; then exec ${process.execPath} ${bin} "$@"; fi
printf '%s\\n' "$@" > ${file}
`
}

/** Resolves when the shell has ended. */
function type(
  [program = '', ...args]: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  keys: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'inherit'] })
    let screen = ''
    let isTyped = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text
      if (isTyped || !screen.includes(prompt)) return
      isTyped = true
      child.stdin.write(`${keys}\rexit\r`)
    })
    child.once('error', reject)
    child.once('close', () => (isTyped ? resolve() : reject(new Error(`there was no prompt:\n${screen}`))))
  })
}

async function finishedRun(): Promise<World> {
  const place = world(project(succeeds))
  const { code, stderr } = await place.gump(['run', 'one', '--spec', 'spec.md'])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return place
}

for (const shell of ['bash', 'zsh']) {
  const isHere =
    findOnPath(shell, process.env) !== undefined && findOnPath('script', process.env) !== undefined
  it.skipIf(!isHere)(
    `${shell} completes what is typed${isHere ? '' : ' (skipped: it is not here)'}`,
    async () => {
      const { typed, place } = shells(await finishedRun())
      expect(await typed(shell, 'gump playb\tval\ton\t')).toEqual(['playbook', 'validate', 'one'])
      expect(await typed(shell, 'gump run one --spec sp\t --ag\tclaude-op\t')).toEqual([
        'run',
        'one',
        '--spec',
        'spec.md',
        '--agent',
        'claude-opus',
      ])
      expect(await typed(shell, 'gump run one --agent=claude-op\t')).toEqual([
        'run',
        'one',
        '--agent=claude-opus',
      ])
      expect(await typed(shell, 'gump report lat\t --detail im\t')).toEqual([
        'report',
        'latest',
        '--detail',
        'impl',
      ])
      expect(await typed(shell, 'gump report run_\t')).toEqual(['report', await alias(place)])
      expect(await typed(shell, 'gump config set sandbox.mo\tstr\t')).toEqual([
        'config',
        'set',
        'sandbox.mode',
        'strict',
      ])
    },
  )
}

const fish = findOnPath('fish', process.env) !== undefined
it.skipIf(!fish)(`fish completes what is typed${fish ? '' : ' (skipped: it is not here)'}`, async () => {
  const { offered, place } = shells(await finishedRun())
  expect(offered('gump playb')).toEqual([expect.stringMatching(/^playbook\t/u)])
  expect(offered('gump run on')).toEqual(['one\tof this repository'])
  expect(offered('gump run one --spec sp')).toEqual([expect.stringMatching(/^spec\.md/u)])
  expect(offered('gump run one --agent claude-op')).toEqual([expect.stringMatching(/^claude-opus\t/u)])
  expect(offered('gump run one --agent=claude-op')).toEqual([
    expect.stringMatching(/^--agent=claude-opus\t/u),
  ])
  expect(offered('gump report run_')).toEqual([`${await alias(place)}\tone, pass`])
  expect(offered('gump report latest --detail im')).toEqual(['impl'])
  expect(offered('gump config set sandbox.mode st')).toEqual(['strict'])
})

it('offers what it can where the configuration has mistakes, and nothing outside of a repository', async () => {
  const place = world({ 'gump.toml': 'sandbox = 1\n' })
  const ask = async (cwd: string, ...words: readonly string[]) =>
    await place.gump(['__complete', 'zsh', '--', 'gump', ...words], { cwd })
  expect((await ask(place.repo.dir, 'run', '--agent', 'claude-op')).stdout).toMatch(/^claude-opus\t/u)
  expect(await ask(place.home, 'report', '')).toEqual({ code: 0, stdout: ':\n', stderr: '' })
})

it('no name from a repository reaches the shell as more than a name', async () => {
  const place = world({ 'gump.toml': '[models]\n"a$(id) b" = "x\\u001b[2J"\n' })
  const { stdout } = await place.gump(['__complete', 'bash', 'gump run --agent a$', '=:'])
  expect(stdout).toBe(`${String.raw`a\$\(id\)\ b`}\n:\n`)
  const { stdout: told } = await place.gump(['__complete', 'zsh', '--', 'gump', 'run', '--agent', 'a$'])
  expect(told).not.toContain('\u001b')
})

async function alias({ gump }: World): Promise<string> {
  const { stdout } = await gump(['runs', '--json'])
  return (JSON.parse(stdout) as readonly { readonly alias: string }[])[0]?.alias ?? ''
}
