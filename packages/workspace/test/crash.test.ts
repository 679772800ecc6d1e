import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { faultPoints } from '../src/index.js'
import { bundleSources } from './support/bundle.js'
import { filesOf, temporaryRepository } from './support/temporary-repository.js'

const bundle = bundleSources()

type Repository = ReturnType<typeof temporaryRepository>

function start(): Repository {
  const repository = temporaryRepository({ 'kept.txt': 'kept\n', '.gitattributes': '*.md text\n' })
  repository.write('one.txt', 'one\r\n')
  return repository
}

/** Runs a script to its end, however often it dies; returns how often that was. */
function run({ dir, env }: Repository, name: 'scenario' | 'removal', die: 'die' | 'live'): number {
  const script = fileURLToPath(new URL(`support/${name}.mjs`, import.meta.url))
  for (let deaths = 0; ; deaths += 1) {
    const { signal, status, stderr } = spawnSync(process.execPath, [script, bundle.file, dir, die], {
      env,
      encoding: 'utf8',
    })
    if (status === 0) return deaths
    const grave = join(dir, '../died')
    const last = existsSync(grave) ? readFileSync(grave, 'utf8').trim().split('\n').at(-1) : 'none'
    if (signal !== 'SIGKILL') throw new Error(`after dying at ${last}: ${stderr}`)
  }
}

/** Everything that a finished run leaves, without commit ids, which hold the time. */
function outcome(repository: Repository): unknown {
  const { dir, git } = repository
  return {
    files: filesOf(dir),
    status: git('status', '--porcelain'),
    history: git('log', '--format=%s %T', '--topo-order', 'main'),
    refs: git('for-each-ref', '--format=%(refname) %(tree) %(subject)'),
    worktrees: git('worktree', 'list', '--porcelain')
      .replaceAll(/^HEAD .*$/gmu, '')
      .replaceAll(dir, ''),
    one: filesOf(join(dir, '.gump/worktrees/one')),
    two: filesOf(join(dir, '.gump/worktrees/two')),
    patch: readFileSync(join(dir, '../one.patch'), 'latin1'),
    exclude: readFileSync(join(dir, '.git/info/exclude'), 'utf8'),
    journal: existsSync(join(dir, '.git/gump-apply.json')),
  }
}

test('a run that is killed at every fault point, and taken up each time, ends like one that was not', () => {
  const whole = start()
  expect(run(whole, 'scenario', 'live')).toBe(0)
  const expected = outcome(whole)
  expect(expected).toMatchObject({ status: '', journal: false, one: { 'by-hand.txt': 'file mine\n' } })

  const repository = start()
  const deaths = run(repository, 'scenario', 'die')
  expect(outcome(repository)).toEqual(expected)
  expect(repository.git('fsck', '--strict', '--no-dangling')).toBe('')

  const more = run(repository, 'removal', 'die')
  expect(repository.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/kept\nrefs/heads/main\n')
  expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1)
  expect(existsSync(join(repository.dir, '.gump/worktrees/one'))).toBe(false)

  const died = readFileSync(join(repository.dir, '../died'), 'utf8').trim().split('\n')
  expect(died).toHaveLength(deaths + more)
  // Kept conflicts are an ordinary git merge, which is not repeated.
  const never = faultPoints.filter((name) => !died.includes(name))
  expect(never).toEqual(['git:apply-conflicts:before', 'git:apply-conflicts:after'])
}, 90_000)
