import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { world } from './support/world.js'
import { project, succeeds } from './support/workflows.js'

const packageJson = (scripts: Readonly<Record<string, string>>): string =>
  JSON.stringify({ name: 'x', scripts })

/** A project with one code step and these gates, as YAML below the step. */
function withGates(gates: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const step = `  - name: impl\n    type: code\n    agent: scripted\n    prompt: "{spec}"\n    ${gates}\n`
  return project(succeeds, { '.gump/workflows/one.yaml': `name: one\nsteps:\n${step}`, ...more })
}

describe('before the first agent', () => {
  it('refuses a run whose gate needs a program that is not installed, and creates nothing', async () => {
    const files = { 'package.json': packageJson({ test: 'npm run unit', unit: 'no-such-runner --all' }) }
    const { gump, repo } = world(withGates('gate: [test]', files))
    const { code, stderr } = await gump(['run', 'one', '--spec', 'spec.md'])
    expect(stderr).toContain('GUMP-R012')
    expect(stderr).toContain('needs no-such-runner (through npm test → npm run unit), which is not')
    expect(code).toBe(2)
    expect(existsSync(join(repo.dir, '.gump/runs'))).toBe(false)
  })

  it('looks behind the targets of a Makefile, and skips what is not required with a warning', async () => {
    const files = {
      Makefile: 'test:\n\t./check.sh\nlint:\n\tno-such-linter run\n',
      'check.sh': '#!/bin/sh\nexit 0\n',
    }
    const here = world(withGates('gate: [test, lint]', files))
    chmodSync(join(here.repo.dir, 'check.sh'), 0o755)
    here.repo.git('commit', '-qam', 'executable')
    const { code, stdout } = await here.gump(['run', 'one', '--spec', 'spec.md'])
    expect(stdout).toContain('needs no-such-linter (through make lint), which is not')
    expect(stdout).toMatch(/gate +test ✓ +lint/u)
    expect(code).toBe(0)
  })

  it('spends no attempt on exit 126 and 127', async () => {
    for (const [exit, command] of [
      [127, 'x=no-such-program; $x'],
      [126, './README.md'],
    ] as const) {
      const { gump } = world(withGates(`gate:\n      - bash: "${command}"\n    retry:\n      - exit: 2`))
      const { code, stdout } = await gump(['run', 'one', '--spec', 'spec.md'])
      expect(stdout, `exit ${exit}`).not.toContain('attempt 2/')
      expect(stdout).toContain(`exited with ${exit}`)
      expect(code).toBe(1)
    }
  })
})

describe('gump doctor', () => {
  it('ticks only what --try has run, and leaves nothing of it', async () => {
    const test = "import test from 'node:test'\ntest('a', () => {})\n"
    const files = {
      'package.json': JSON.stringify({
        name: 'x',
        type: 'module',
        scripts: { test: 'node --test', lint: 'exit 3' },
      }),
      'a.test.js': test,
    }
    const { gump, repo } = world(files)
    const before = await gump(['doctor'])
    expect(before.stdout).toMatch(/^○ gate test +npm test/mu)
    const { stdout } = await gump(['doctor', '--try'])
    expect(stdout).toMatch(/^✓ gate test +npm test .*; passed in/mu)
    expect(stdout).toMatch(/^! gate lint +npm run lint .*; it runs, and fails: /mu)
    expect(stdout).toMatch(/^✓ gate tests_found /mu)
    expect(stdout).toMatch(/^○ gate compile +syntax check/mu)
    expect(readdirSync(join(repo.dir, '.gump/runs')).filter((name) => /^\d/u.test(name))).toEqual([])
    expect((await gump(['runs'])).stdout).not.toContain('doctor')
    expect(repo.git('branch', '--list', 'gump/*')).toBe('')
    expect(repo.git('status', '--porcelain')).toBe('')
  })

  it('names what is missing behind scripts and recipes', async () => {
    const { gump } = world({ 'package.json': packageJson({ test: 'no-such-runner' }), Makefile: 'x:\n' })
    const { stdout } = await gump(['doctor'])
    expect(stdout).toMatch(
      /^! gate test +npm test .*; it needs no-such-runner \(through npm test\), which is not installed/mu,
    )
  })
})
