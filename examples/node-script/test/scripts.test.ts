import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSampleRepository } from '../sample-repository.mjs'

// The scripts run in Node as they are, with the packages as they are built.

let home: string
let repo: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gump-home-'))
  repo = createSampleRepository()
})
afterEach(() => {
  for (const dir of [home, repo]) rmSync(dir, { recursive: true, force: true })
})

function run(script: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const file = fileURLToPath(new URL(`../${script}`, import.meta.url))
  const env = { PATH: process.env['PATH'], HOME: home, TMPDIR: tmpdir(), NO_COLOR: '1' }
  return new Promise((resolve) => {
    execFile(process.execPath, [file, repo], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: repo, encoding: 'utf8' }).trim()

test('run.mjs runs a workflow, tells what happens, and merges the result', async () => {
  const { code, stdout, stderr } = await run('run.mjs')
  expect(stderr).toBe('')
  expect(code).toBe(0)
  const lines = stdout.split('\n')
  expect(lines[0]).toBe('run_started')
  expect(lines.filter((line) => line === 'agent_completed')).toHaveLength(2)
  expect(lines).toContain('work: compile failed')
  expect(lines).toContain('  A brace was missing.')
  expect(stdout).toContain("status: 'passed'")
  expect(stdout).toContain('costUsd: 0.015')
  expect(lines.at(-2)).toBe('merged: greet.js')

  expect(readFileSync(join(repo, 'greet.js'), 'utf8')).toBe(
    'export function greet(name) { return `Hello, ${name}!` }\n',
  )
  expect(git('status', '--porcelain')).toBe('')
  expect(git('log', '-1', '--format=%(trailers:key=Gump-Run,valueonly)')).not.toBe('')
})

test('run.mjs refuses without a spec, with code and remedy', async () => {
  rmSync(join(repo, 'spec.md'))
  git('commit', '-qam', 'No spec')
  const { code, stdout, stderr } = await run('run.mjs')
  expect(stderr).toMatch(/^GUMP-[A-Z]\d{3}: /u)
  expect(stdout).toBe('')
  expect(code).toBe(2)
  expect(readdirSync(repo)).not.toContain('greet.js')
})

test('own-rules.mjs brings a workflow, a gate and a guard', async () => {
  const { code, stdout, stderr } = await run('own-rules.mjs')
  expect(stderr).toBe('')
  expect(stdout).toBe(`write: by scripted, judged by compile, license_header
max_files: wrote c.js, file 3 of at most 2
license_header: no "SPDX-License-Identifier: …" at the top of:
greet.js
passed
`)
  expect(code).toBe(0)
})
