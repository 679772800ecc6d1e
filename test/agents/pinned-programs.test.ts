import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtinAgents, isVerified } from '../../packages/agents/src/index.js'
import { expect, it } from 'vitest'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const script = here('../../scripts/test-agents.mjs')
const { cases } = await import(here('./cases/case.mjs'))
const { programs } = await import(here('./programs/program.mjs'))

it.each<{ name: string; version: string }>(programs)(
  '$name $version is a version the adapter was verified with',
  ({ name, version }) => {
    const adapter = builtinAgents().find((agent) => agent.name === name)
    expect(isVerified(version, adapter?.detection?.verified ?? [])).toBe(true)
  },
)

it('are described as they are', () => {
  const page = readFileSync(here('../../docs/testing-with-real-agents.md'), 'utf8')
  for (const { package: name, version } of programs) expect(page).toContain(`| \`${name}@${version}\` |`)
  for (const { name } of cases) expect(page).toContain(`| \`${name}\` |`)
  // By `pnpm test:agents --write`.
  for (const { name, version } of programs) expect(page).toContain(`| ${name} | ${version} |`)
})

it('says which program could not be installed, and why', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gump-agents-'))
  writeFileSync(join(folder, 'npm'), '#!/bin/sh\necho "no such registry" >&2\nexit 1\n', { mode: 0o755 })
  const { status, stdout } = spawnSync(
    process.execPath,
    [script, '--only', 'codex', '--case', 'passes', '--no-build', '--cache', join(folder, 'cache')],
    { encoding: 'utf8', env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` } },
  )
  rmSync(folder, { recursive: true })
  expect(stdout).toMatch(/\S+@\S+ could not be installed: no such registry/u)
  expect(stdout).toContain('0 passed, 1 failed')
  expect(status).toBe(1)
})

it("installs with npm's own settings, the global ones too", () => {
  const folder = mkdtempSync(join(tmpdir(), 'gump-agents-'))
  writeFileSync(join(folder, 'npm'), '#!/bin/sh\necho "$PWD: $*" >&2\nexit 1\n', { mode: 0o755 })
  const cache = join(folder, 'cache')
  const { stdout } = spawnSync(
    process.execPath,
    [script, '--only', 'codex', '--case', 'passes', '--no-build', '--cache', cache],
    { encoding: 'utf8', env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` } },
  )
  rmSync(folder, { recursive: true })
  expect(stdout).toContain(`could not be installed: ${cache}/`)
  expect(stdout).not.toContain('--prefix')
})

it.each([[['--only', 'nobody']], [['--case', 'none']], [['--what']], [['--write', '--only', 'codex']]])(
  'refuses %j',
  (args) => {
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
    expect(status).toBe(2)
    expect(stderr).toContain('Usage: ')
  },
)
