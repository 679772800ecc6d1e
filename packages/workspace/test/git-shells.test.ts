import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { createGitShells } from '../src/git/git-shells.js'
import { type GitCall, runGit } from '../src/git/run-git.js'
import { temporaryFolder } from './support/temporary-repository.js'

const begin = 6

/** Calls that go to shells, because enough has been asked before; `git` is what stands for git. */
async function shellCalls(git: string): Promise<GitCall> {
  const bin = temporaryFolder()
  writeFileSync(join(bin, 'git'), git, { mode: 0o755 })
  const shells = createGitShells()
  onTestFinished(() => shells.close())
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: bin }
  const call = { cwd: bin, env, shells }
  for (let n = 0; n < begin; n += 1) await runGit([], { ...call, env: { ...env, QUIET: '1' } })
  return call
}

/** Those that this process has started and that are still there. */
function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
}

const tell = `#!/bin/sh
[ -n "$QUIET" ] && exit 0
printf '%s\\0' "$PWD" "$A" "\${B-none}" "$PPID" "$@"
printf 'said %s' "$A" >&2
cat
exit 3
`

test('a command gets its words, its folder and its variables as they are, and its streams come back apart', async () => {
  const call = await shellCalls(tell)
  const words = ['a b', "it's", '$(exit 9)', '"`\\', 'new\nline', 'é\u0001', '', '-x']
  const value = "x'y\n$HOME"
  const { code, stdout, stderr } = await runGit(words, { ...call, env: { ...call.env, A: value } })
  const [folder, a, b, parent, ...given] = stdout.toString('utf8').split('\0')
  expect(given).toEqual([...words, ''])
  expect([folder, a, b]).toEqual([call.cwd, value, 'none'])
  expect([code, stderr]).toEqual([3, `said ${value}`])
  expect(Number(parent)).not.toBe(process.pid)
})

test('variables of one command are not there for the next, and what is gone is gone', async () => {
  const call = await shellCalls('#!/bin/sh\nenv -0')
  const first = await runGit([], { ...call, env: { ...call.env, GIT_DIR: '/one', A: '1' } })
  expect(first.stdout.toString()).toContain('GIT_DIR=/one\0')
  const { HOME: _, ...rest } = call.env
  const names = (await runGit([], { ...call, env: rest })).stdout
    .toString()
    .split('\0')
    .map((line) => line.split('=')[0])
  for (const name of ['GIT_DIR', 'A', 'HOME']) expect(names).not.toContain(name)
})

test('output of any size and content comes back whole', async () => {
  const call = await shellCalls(
    '#!/bin/sh\n[ -n "$QUIET" ] || head -c 5000000 "$1"; [ -n "$QUIET" ] || exit 0',
  )
  const file = join(call.cwd, 'bytes')
  const bytes = Buffer.alloc(5_000_000, Buffer.from([0, 255, 32, 48, 10, 27]))
  writeFileSync(file, bytes)
  const { code, stdout } = await runGit([file], call)
  expect(code).toBe(0)
  expect(stdout.equals(bytes)).toBe(true)
})

test('commands at the same time do not wait for one another, nor mix', async () => {
  const call = await shellCalls('#!/bin/sh\n[ -n "$QUIET" ] || read -r line < "$1"; echo "$2 $line"')
  const pipes = ['one', 'two', 'three'].map((name) => join(call.cwd, name))
  for (const pipe of pipes) execFileSync('sh', ['-c', 'mkfifo "$0"', pipe])
  const asked = pipes.map((pipe, n) => runGit([pipe, String(n)], call))
  // In the other order: each has to be running before the one that was asked first can end.
  for (const pipe of pipes.toReversed()) writeFileSync(pipe, `${pipe}\n`)
  const answers = (await Promise.all(asked)).map(({ stdout }) => stdout.toString())
  expect(answers).toEqual(pipes.map((pipe, n) => `${n} ${pipe}\n`))
})

test.runIf(process.platform === 'linux')(
  'a shell that is killed while it waits is replaced; one that is killed at work has failed',
  async () => {
    const call = await shellCalls(
      '#!/bin/sh\n[ -n "$QUIET" ] && exit 0\n[ -z "$1" ] || { echo $PPID > "$1"; exec sleep 60; }\necho fine',
    )
    await runGit([], call)
    const [idle] = childrenOf(process.pid)
    process.kill(idle ?? 0, 'SIGKILL')
    expect((await runGit([], call)).stdout.toString()).toBe('fine\n')

    const pipe = join(call.cwd, 'pid')
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe])
    const asked = runGit([pipe], call)
    // The shell's own group, with the command in it.
    process.kill(-Number(readFileSync(pipe, 'utf8')), 'SIGKILL')
    expect(await asked).toMatchObject({ code: -1, stderr: expect.stringContaining('was ended') })
    expect((await runGit([], call)).stdout.toString()).toBe('fine\n')
  },
)

test.runIf(process.platform === 'linux')('closing leaves no process', async () => {
  const call = await shellCalls('#!/bin/sh\necho $PPID')
  const shell = Number((await runGit([], call)).stdout.toString())
  expect(childrenOf(process.pid)).toContain(shell)
  await call.shells?.close()
  expect(childrenOf(process.pid)).not.toContain(shell)
})

test('a git that a signal ended, and a folder that is not there, are reported as usual', async () => {
  const call = await shellCalls('#!/bin/sh\n[ -n "$QUIET" ] || kill -9 $$')
  expect(await runGit([], call)).toMatchObject({ code: -1, stderr: expect.stringContaining('signal 9') })
  await expect(runGit([], { ...call, cwd: join(call.cwd, 'none') })).rejects.toMatchObject({
    code: 'GUMP-G001',
  })
})
