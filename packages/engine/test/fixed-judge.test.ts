import type { LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../src/ambient/default-settings.js'
import { world } from './support/world.js'

const source = (body: string): string => `export const total = (prices) => ${body}\n`
const right = source('prices.reduce((a, b) => a + b, 0)')
const tests = `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { total } from '../src/total.js'

test('adds prices', () => {
  assert.equal(total([1, 2]), 3)
})

test('adds nothing', () => {
  assert.equal(total([]), 0)
})
`
const project: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "shop", "type": "module", "scripts": { "test": "node --test test/" } }\n',
  'src/total.js': right,
  'test/total.test.js': tests,
}

const write = (files: Readonly<Record<string, string>>): string =>
  `- do: [turn, ${Object.entries(files)
    .map(([path, content]) => JSON.stringify({ write: { path, content } }))
    .join(', ')}]`

interface Outcome {
  readonly status: string
  readonly warnings: readonly string[]
  readonly errors: readonly string[]
  readonly details: readonly string[]
}

async function outcome(
  script: string,
  gates: string,
  files = project,
): Promise<Outcome & { readonly read: (path: string) => string }> {
  const text = `name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, gate: [${gates}]}\n`
  const { engine, repo } = world({
    workflows: { w: text },
    script,
    files,
    settings: { worktree: { ...defaultSettings.worktree, setup: 'off' } },
  })
  const run = await engine.start({ workflow: 'w' })
  const { status } = await run.result
  const events = await engine.events(run.id)
  const texts = <T extends LedgerEvent['type']>(
    type: T,
    text: (event: Extract<LedgerEvent, { type: T }>) => string | undefined,
  ): string[] =>
    events
      .filter((event): event is Extract<LedgerEvent, { type: T }> => event.type === type)
      .map((event) => text(event) ?? '')
  const commit = events.findLast((event) => event.type === 'step_completed')?.commit
  return {
    status,
    warnings: texts('warning', (event) => event.message),
    errors: texts('gate_failed', (event) => event.error),
    details: texts('gate_passed', (event) => event.detail),
    read: (path) => repo.git('show', `${commit ?? 'HEAD'}:${path}`).trim(),
  }
}

describe('what a command goes through is as the run began with', () => {
  it.each([
    ['a script', { 'package.json': '{ "name": "shop", "type": "module", "scripts": { "test": "true" } }\n' }],
    [
      'a script in a file too large to be read',
      {
        'package.json': `{ "name": "shop", "type": "module", "scripts": { "test": "true" } }${' '.repeat(1_100_000)}\n`,
      },
    ],
    ['the shell of scripts', { '.npmrc': 'script-shell=/bin/true\n' }],
    [
      'a script before it',
      {
        'package.json':
          '{ "name": "shop", "type": "module", "scripts": { "pretest": "git checkout -q .", "test": "node --test test/" } }\n',
      },
    ],
  ])('%s does not let broken work pass', async (_, files) => {
    const { status, warnings } = await outcome(write({ 'src/total.js': source('0'), ...files }), 'test')
    expect(status).toBe('failed')
    expect(warnings.join('\n')).toMatch(
      /what the run began with|those the run began with|not there while gates run/,
    )
  })

  it('and the commit holds what the agent wrote', async () => {
    const manifest =
      '{ "name": "shop", "type": "module", "scripts": { "test": "node --test test/", "x": "y" } }\n'
    const { status, read } = await outcome(
      write({ 'package.json': manifest, '.npmrc': 'loglevel=silent\n' }),
      'test',
    )
    expect(status).toBe('passed')
    expect(read('package.json')).toBe(manifest.trim())
    expect(read('.npmrc')).toBe('loglevel=silent')
  })

  it('a recipe that checks nothing any more fails', async () => {
    const files = {
      Makefile: 'test:\n\tnode --test test/\n',
      'src/total.js': right,
      'test/total.test.js': tests,
      'package.json': '{ "type": "module" }',
    }
    const { status, errors } = await outcome(write({ Makefile: 'test:\n\t@echo ok\n' }), 'test', files)
    expect(status).toBe('failed')
    expect(errors[0]).toMatch(/"test" checks nothing any more/)
  })
})

describe('pass_to_pass', () => {
  it('passes when everything that passed still does, and keeps the results of the base', async () => {
    const more = tests.replace(
      "test('adds nothing'",
      "test('adds one', () => {\n  assert.equal(total([1]), 1)\n})\n\ntest('adds nothing'",
    )
    const { status, details } = await outcome(write({ 'test/total.test.js': more }), 'pass_to_pass')
    expect(details).toEqual(['2 tests that passed before still pass'])
    expect(status).toBe('passed')
  })

  it('fails when a test is gone, by the results of the runner', async () => {
    const fewer = tests.slice(0, tests.indexOf("test('adds nothing'"))
    const { status, errors } = await outcome(write({ 'test/total.test.js': fewer }), 'pass_to_pass')
    expect(status).toBe('failed')
    expect(errors[0]).toMatch(/test removed: "adds nothing"/)
    expect(errors[0]).toMatch(/adds nothing: it does not exist any more/)
  })

  it('leaves the files as the agent wrote them', async () => {
    const { status, read } = await outcome(
      write({ 'src/total.js': `${right}// sum\n` }),
      'pass_to_pass, test',
    )
    expect(status).toBe('passed')
    expect(read('src/total.js')).toBe(`${right}// sum`)
  })
})

describe('fail_to_pass', () => {
  const broken = {
    ...project,
    'src/total.js': source('prices[0] ?? 0'),
    'test/total.test.js':
      tests.slice(0, tests.indexOf("test('adds prices'")) + tests.slice(tests.indexOf("test('adds nothing'")),
  }

  it('passes for a fix with a test that fails without it', async () => {
    const { status, details } = await outcome(
      write({ 'src/total.js': right, 'test/total.test.js': tests }),
      'test, fail_to_pass',
      broken,
    )
    expect(details[1]).toBe('1 changed tests fail without the change and pass with it')
    expect(status).toBe('passed')
  })

  it('fails for a test that proves nothing', async () => {
    const idle = `${broken['test/total.test.js']}\ntest('is there', () => {\n  assert.ok(total)\n})\n`
    const { status, errors } = await outcome(
      write({ 'src/total.js': right, 'test/total.test.js': idle }),
      'fail_to_pass',
      broken,
    )
    expect(status).toBe('failed')
    expect(errors[0]).toMatch(/pass without the change, too/)
  })

  it('fails without a test', async () => {
    const { errors } = await outcome(write({ 'src/total.js': right }), 'fail_to_pass', broken)
    expect(errors[0]).toMatch(/adds or edits no test/)
  })
})

it('a weakened test is a warning wherever tests judge', async () => {
  const skipped = tests.replace("test('adds nothing'", "test.skip('adds nothing'")
  const { status, warnings } = await outcome(write({ 'test/total.test.js': skipped }), 'test')
  expect(status).toBe('passed')
  expect(warnings).toEqual(['test/total.test.js:9: test skipped: "adds nothing"'])
})

it('a change of the judge is refused by judge_unchanged', async () => {
  const { status, errors } = await outcome(write({ '.npmrc': 'loglevel=silent\n' }), 'judge_unchanged')
  expect(status).toBe('failed')
  expect(errors[0]).toMatch(/^what decides how this work is judged was changed/)
})
