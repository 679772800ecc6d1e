import { parseWorkflow, workflowLimits } from '@gump/schema'
import { describe, expect, test } from 'vitest'

const parse = (text: string) => {
  const result = parseWorkflow({ ref: 'x', origin: 'project', file: 'x.yaml', text, files: {} })
  const at = result.diagnostics.map(
    ({ code, range }) => `${code} ${range?.start.line}:${range?.start.column}`,
  )
  return { ...result, at, codes: [...new Set(result.diagnostics.map((found) => found.code))] }
}
const flow = (steps: string, head = '') => `name: x\n${head}steps:\n${steps}`
const gateStep = (name: string) => `  - {name: ${name}, gate: [test]}\n`

describe('size', { timeout: 90_000 }, () => {
  test('1 MiB is read and one byte more is not', () => {
    const fill = (bytes: number) => {
      const rest = flow(gateStep('a'))
      return `#${' '.repeat(bytes - rest.length - 2)}\n${rest}`
    }
    expect(parse(fill(workflowLimits.fileBytes)).at).toEqual([])
    expect(parse(fill(workflowLimits.fileBytes + 1)).at).toEqual(['GUMP-W002 1:1'])
    expect(parse(`${fill(workflowLimits.fileBytes - 2)}#é`).at).toEqual(['GUMP-W002 1:1'])
  })

  test('10 000 steps are read and one more is not', () => {
    const steps = Array.from({ length: workflowLimits.steps + 1 }, (_, i) => gateStep(`s${i}`)).join('')
    // The only problem is the step after the last that is allowed.
    const { at, draft } = parse(flow(steps))
    expect(at).toEqual(['GUMP-W004 10003:5'])
    expect(draft?.workflow.steps).toHaveLength(workflowLimits.steps)
  })

  test('steps are counted through all lists', () => {
    const inner = Array.from({ length: 100 }, (_, i) => `      - {name: i${i}, gate: [test]}\n`).join('')
    const groups = Array.from({ length: 100 }, (_, i) => `  - name: g${i}\n    steps:\n${inner}`).join('')
    expect(parse(flow(groups)).codes).toEqual(['GUMP-W004'])
  })
})

describe('depth', () => {
  const nested = (levels: number) =>
    flow(gateStep('a'), `x-deep: ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}\n`)

  test('32 levels are read and one more is not', () => {
    expect(parse(nested(workflowLimits.depth)).at).toEqual([])
    expect(parse(nested(workflowLimits.depth + 1)).codes).toEqual(['GUMP-W003'])
  })

  test.each([
    ['brackets', '['.repeat(1_000_000)],
    ['braces', '{a: '.repeat(250_000)],
    ['dashes', '- '.repeat(500_000)],
    ['keys', Array.from({ length: 1400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['question marks', '? '.repeat(500_000)],
  ])('a megabyte of %s is refused at once', (_, text) => {
    const { codes, visited } = parse(text)
    expect(codes).toEqual(['GUMP-W003'])
    expect(visited).toBe(0)
  })

  test('aliases do not make the tree deeper', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `x-${i}: &a${i} {a: {b: {c: ${i === 0 ? 'd' : `*a${i - 1}`}}}}\n`,
    )
    expect(parse(flow(gateStep('a'), levels.join(''))).codes).toEqual(['GUMP-W003'])
  })
})

describe('aliases', { timeout: 90_000 }, () => {
  const uses = (count: number) =>
    flow(gateStep('a'), `x-a: &a {k: v}\nx-uses: [${Array.from({ length: count }, () => '*a').join(', ')}]\n`)

  test('100 expansions are read and one more is not', () => {
    expect(parse(uses(workflowLimits.aliasExpansions)).at).toEqual([])
    expect(parse(uses(workflowLimits.aliasExpansions + 1)).codes).toEqual(['GUMP-W005'])
  })

  test('nested ones count each time: no billion laughs', () => {
    const laughs = Array.from(
      { length: 9 },
      (_, i) =>
        `x-${i}: &l${i} [${Array.from({ length: 9 }, () => (i === 0 ? 'lol' : `*l${i - 1}`)).join(', ')}]\n`,
    )
    const { codes, visited } = parse(flow(gateStep('a'), laughs.join('')))
    expect(codes).toEqual(['GUMP-W005'])
    expect(visited).toBeLessThan(5000)
  })

  test('merge keys count too', () => {
    const merges = Array.from({ length: 101 }, (_, i) => `  - {<<: *a, name: s${i}}\n`).join('')
    expect(parse(flow(merges, 'x-a: &a {gate: [test]}\n')).codes).toEqual(['GUMP-W005'])
  })

  test('the whole tree is bounded', () => {
    const big = `x-a: &a [${'1, '.repeat(100_000)}1]\nx-uses: [${'*a, '.repeat(50)}*a]\n`
    const { codes, visited } = parse(flow(gateStep('a'), big))
    expect(codes).toEqual(['GUMP-W002'])
    expect(visited).toBe(workflowLimits.nodes + 1)
  })

  test('an alias means the anchor before it, and keeps its meaning when it is expanded later', () => {
    const { workflow } = parse(
      flow(
        '  - {name: a, agent: *who}\n  - {name: b, agent: q, guard: *g}\n',
        'x-1: &n 7\nx-2: &g {max_turns: *n}\nx-3: &n 9\nx-4: &who r\n',
      ),
    )
    expect(workflow?.steps[1]).toMatchObject({ guards: [{ guard: 'max_turns', value: 7 }] })
  })
})

describe('names from the file never reach a prototype', () => {
  test.each([
    [
      'in the root',
      'name: x\n__proto__: {polluted: true}\nsteps:\n  - {name: a, gate: [test]}\n',
      ['GUMP-W010 2:1'],
    ],
    [
      'constructor in the root',
      'name: x\nconstructor: 1\nsteps:\n  - {name: a, gate: [test]}\n',
      ['GUMP-W010 2:1'],
    ],
    ['in a step', flow('  - {name: a, gate: [test], __proto__: {agent: q}}\n'), ['GUMP-W010 3:29']],
    ['toString in a step', flow('  - {name: a, gate: [test], toString: 1}\n'), ['GUMP-W010 3:29']],
    [
      'as an input',
      flow('  - {name: a, workflow: b, with: {__proto__: {polluted: 1}}}\n'),
      ['GUMP-W037 3:35'],
    ],
    ['as a guard', flow('  - {name: a, agent: q, guard: {__proto__: 3}}\n'), ['GUMP-W035 3:33']],
    [
      'as a gate',
      flow('  - {name: a, gate: [__proto__, constructor: x]}\n'),
      ['GUMP-W032 3:22', 'GUMP-W032 3:33'],
    ],
    ['as a prompt file', flow('  - {name: a, agent: q, prompt: {file: __proto__}}\n'), ['GUMP-W052 3:40']],
    [
      'toString as a prompt file',
      flow('  - {name: a, agent: q, prompt: {file: toString}}\n'),
      ['GUMP-W052 3:40'],
    ],
    ['as a dialect', 'name: x\nsteps:\n  - {name: a, gate: [test], hasOwnProperty: 1}\n', ['GUMP-W010 3:29']],
    ['by merging', flow('  - {name: a, gate: [test], <<: {__proto__: {agent: q}}}\n'), ['GUMP-W010 3:34']],
    ['as a type', flow('  - {name: a, agent: q, type: constructor}\n'), ['GUMP-W015 3:31']],
    ['as an output', flow('  - {name: a, agent: q, output: constructor}\n'), ['GUMP-W015 3:33']],
    [
      'as a session source',
      flow('  - {name: a, agent: q, session: {from: __proto__}}\n'),
      ['GUMP-W050 3:41'],
    ],
  ])('%s', (_, text, expected) => {
    expect(parse(text).at).toEqual(expected)
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

test('odd texts', () => {
  expect(parse('').at).toEqual(['GUMP-W007 1:1'])
  expect(parse('# only a comment\n').at).toEqual(['GUMP-W007 1:1'])
  expect(parse('\ufeffname: x\nsteps:\n  - {name: a, gate: [test]}\n').at).toEqual([])
  expect(parse('name: x\rsteps:\r  - {name: a, gate: [tset]}\r').codes).toContain('GUMP-W001')
  expect(parse('%YAML 1.1\n---\nname: yes\nsteps:\n  - {name: no, gate: [test]}\n').at).toEqual([])
})
