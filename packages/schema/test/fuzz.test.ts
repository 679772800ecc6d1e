import { formatDiagnostics, isGumpError } from '@gump/errors'
import {
  cascade,
  directoryPlaybook,
  migrateWorkflow,
  parseWorkflow,
  pathWorkflow,
  workflowLimits,
} from '@gump/schema'
import * as fc from 'fast-check'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { corpus } from './corpus.js'
import { seed } from './seed.js'
import { someKeys } from './support/some-keys.js'

/** Mutated workflows find the most; the other sources of noise get a part of the runs. */
const numRuns = process.env['CI'] === undefined ? 1000 : 10_000
const fewerRuns = numRuns / 5
const texts = [...(await corpus('valid')), ...(await corpus('invalid'))].map(({ source }) => source.text)

/** Everything that holds for any text whatever. */
function check(text: string): void {
  const source = { ref: 'fuzz', origin: 'project', file: 'fuzz.yaml', text, files: {} } as const
  const { workflow, diagnostics, visited } = parseWorkflow(source)
  expect(workflow === null).toBe(diagnostics.some((found) => found.severity === 'error'))
  expect(visited).toBeLessThanOrEqual(workflowLimits.nodes + 1)
  // Each node needs a character of its own, and each pair an empty node more at most; aliases multiply.
  const expansions = Math.min(text.split('*').length - 1, workflowLimits.aliasExpansions)
  expect(visited).toBeLessThanOrEqual((2 * text.length + 2) * (expansions + 1))
  for (const { range } of diagnostics.slice(0, 20)) {
    for (const position of [range!.start, range!.end]) {
      expect(position.offset).toBeLessThanOrEqual(text.length + 1)
      const before = text.slice(0, position.offset)
      expect(position.line).toBe(before.split('\n').length)
      expect(position.column).toBe(position.offset - before.lastIndexOf('\n'))
    }
  }
  expect(formatDiagnostics(diagnostics.slice(0, 3), { 'fuzz.yaml': text })).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f]/,
  )
  if (workflow?.dialect === 'v3') migrateWorkflow(source)
  expect(Object.keys(Object.prototype)).toEqual([])
}

const piece = fc.oneof(
  fc.constantFrom(
    '- ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|',
    '>',
    '#',
    '&a ',
    '*a',
    '<<: *a',
    '!!str ',
    '%',
    '---\n',
    '\t',
    '\r',
    '\n',
    '\n  ',
    ' ',
    '? ',
    ',',
    '{x}',
    '\ufeff',
    '\0',
    '\u2028',
    'name: ',
    'steps:',
    'agent: q',
    'gate: [test]',
    'retry: [exit: 3]',
    'each:',
    'type: split',
    'output: plan',
    'foreach: a',
    'on_failure: {retry: 1}',
    'session: from: a',
    'validate: v',
    '__proto__: ',
    'guard: ',
    'with: ',
    'prompt: {file: ../x}',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
)
const mutation = fc.record({ at: fc.nat(), length: fc.nat(12), insert: piece, line: fc.boolean() })

/** Cuts pieces out of a text, puts others in, moves whole lines. */
function mutate(
  text: string,
  mutations: readonly { at: number; length: number; insert: string; line: boolean }[],
): string {
  let result = text
  for (const { at, length, insert, line } of mutations) {
    if (line) {
      const lines = result.split('\n')
      const [moved = ''] = lines.splice(at % lines.length, 1)
      lines.splice(length % (lines.length + 1), 0, insert.startsWith('-') ? `  ${moved}` : moved)
      result = lines.join('\n')
    } else {
      const start = at % (result.length + 1)
      result = result.slice(0, start) + insert + result.slice(start + length)
    }
  }
  return result
}

const key = fc.constantFrom(
  ...someKeys,
  'get',
  'run',
  'inputs',
  'from',
  '__proto__',
  'constructor',
  '<<',
  'same',
)
const word = fc.constantFrom(
  'a',
  'b',
  'spec',
  'code',
  'split',
  'plan',
  'diff',
  'new',
  'reuse',
  'test',
  'touched: x',
  'coverage: 80',
  '{spec}',
  '{',
  '',
  '5m',
  '../x',
  'v/w',
  'same',
  'escalate: q',
)
const scalar = fc.oneof(word, fc.integer(), fc.double(), fc.boolean(), fc.constant(null))
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 6, depthSize: 'medium' }, scalar, tie('map'), tie('list')),
  map: fc.array(fc.tuple(key, tie('tree')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
  list: fc.array(tie('tree'), { maxLength: 4 }),
}))

describe('any text is read or refused, never more', { timeout: 180_000 }, () => {
  test('noise', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), check), { numRuns: fewerRuns, seed })
  })

  test('YAML-like noise', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => check(pieces.join(''))),
      { numRuns: fewerRuns, seed },
    )
  })

  test('mutated workflows', () => {
    const mutated = fc
      .tuple(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 8 }))
      .map(([text, mutations]) => mutate(text, mutations))
    fc.assert(fc.property(mutated, check), { numRuns, seed })
  })

  test('any value under any key', () => {
    const workflow = fc.tuple(fc.array(tree, { maxLength: 4 }), tree, fc.boolean())
    fc.assert(
      fc.property(workflow, ([steps, more, flow]) => {
        const value = { name: 'x', steps, ...(typeof more === 'object' ? more : {}) }
        check(stringify(value, { aliasDuplicateObjects: true, ...(flow ? { collectionStyle: 'flow' } : {}) }))
      }),
      { numRuns: fewerRuns, seed },
    )
  })
})

test('no reference leads out of the root', async () => {
  const root = await mkdtemp(join(tmpdir(), 'gump-fuzz-'))
  try {
    const dir = join(root, 'flows')
    await mkdir(join(dir, 'sub'), { recursive: true })
    await writeFile(join(root, 'secret.yaml'), 'secret')
    await writeFile(join(root, 'secret.yml'), 'secret')
    await writeFile(join(dir, 'a.yaml'), 'inside')
    await symlink('..', join(dir, 'up'))
    await symlink('../secret.yaml', join(dir, 'link.yaml'))
    const playbook = cascade([
      pathWorkflow({ cwd: dir, displayRoot: dir }),
      directoryPlaybook({ origin: 'project', dir, displayRoot: dir }),
    ])
    const from = await playbook.resolve('a.yaml')
    const inProject = { ...from, origin: 'project' as const, ref: 'sub/a' }
    const segment = fc.constantFrom(
      '..',
      '.',
      'secret',
      'secret.yaml',
      'a',
      'a.yaml',
      'sub',
      'up',
      'link',
      'link.yaml',
      '',
      root,
      '%2e%2e',
      '\\',
      '\0',
      '~',
      'flows',
    )
    const ref = fc.oneof(
      fc.array(segment, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/')),
      fc.string({ unit: 'binary' }),
    )
    await fc.assert(
      fc.asyncProperty(ref, fc.constantFrom(from, inProject), async (name, caller) => {
        const outcome = await playbook.resolve(name, caller).then(
          (source) => source.text,
          (error: unknown) => (isGumpError(error) ? 'inside' : String(error)),
        )
        expect(outcome).toBe('inside')
      }),
      { numRuns: fewerRuns, seed },
    )
  } finally {
    await rm(root, { recursive: true, force: true })
  }
})
