import { describe, expect, it } from 'vitest'
import { createScope, resolutionProblem, resolveName } from '@gump/state'
import type { Resolution, ResolutionProblem, ScopeOptions, ScopeStep } from '@gump/state'

const steps: readonly ScopeStep[] = [
  {
    name: 'decompose',
    gates: ['schema'],
    perTask: true,
    steps: [
      { name: 'red', gates: ['compile', 'tests_found'] },
      { name: 'green', gates: ['compile', 'test', 'arch-review'] },
      {
        name: 'checks',
        gates: ['lint'],
        steps: [{ name: 'style', gates: ['security-review', 'arch-review'] }],
      },
    ],
  },
  { name: 'reviews', steps: [{ name: 'first' }, { name: 'second' }] },
  { name: 'quality', gates: ['test'] },
]

const resolve = (name: string, at: string, options: Partial<ScopeOptions> = {}): Resolution =>
  resolveName(name, createScope({ steps, at, ...options }))
const key = (name: string, at: string, options: Partial<ScopeOptions> = {}): string => {
  const found = resolve(name, at, options)
  return found.status === 'found' ? found.key : found.status
}

describe('steps', () => {
  const green = 'decompose/add-auth/green'

  it('takes siblings of the same task, then outward', () => {
    expect(key('red.diff', green)).toBe('decompose/add-auth/red.diff')
    expect(key('decompose.output', green)).toBe('decompose.output')
    expect(key('quality.gate.test', green)).toBe('quality.gate.test')
    expect(key('quality.gate.test.pass', green)).toBe('quality.gate.test')
    expect(key('quality.gate.pass', green)).toBe('unknown')
  })

  it('reads a bare name as the output', () => {
    expect(key('red', green)).toBe('decompose/add-auth/red.output')
    expect(key('decompose/fix/red', 'quality')).toBe('decompose/fix/red.output')
  })

  it('resolves the same with and without known tasks', () => {
    expect(key('red.diff', 'decompose/*/green')).toBe('decompose/*/red.diff')
    expect(key('red.diff', 'decompose/x/green')).toBe('decompose/x/red.diff')
  })

  it('sees the steps of plain groups, from inside and outside', () => {
    expect(key('first.comments', 'quality')).toBe('reviews/first.comments')
    expect(key('reviews/first.comments', 'quality')).toBe('reviews/first.comments')
    expect(key('first', 'reviews/second')).toBe('reviews/first.output')
    expect(key('style.output', 'decompose/a/red')).toBe('decompose/a/checks/style.output')
  })

  it('never sees the steps of a task from outside it by a short name', () => {
    expect(resolve('red.diff', 'quality')).toEqual({
      status: 'unknown',
      closest: ['decompose/<task>/red.diff'],
    })
    expect(resolve('red.diff', 'decompose').status).toBe('unknown')
  })

  it('takes qualified paths, in which the own task may be left out', () => {
    expect(key('decompose/other/red.diff', green)).toBe('decompose/other/red.diff')
    expect(key('decompose/red.diff', green)).toBe('decompose/add-auth/red.diff')
    expect(key('decompose/red.diff', 'quality')).toBe('unknown')
    expect(key('decompose/a/checks/style.output', 'quality')).toBe('decompose/a/checks/style.output')
  })

  it('takes build/<task>/<step> for the only split, unless a step is called build', () => {
    expect(key('build/a/red.diff', 'quality')).toBe('decompose/a/red.diff')
    const real: readonly ScopeStep[] = [...steps, { name: 'build', perTask: true, steps: [{ name: 'impl' }] }]
    expect(key('build/1/impl.diff', 'quality', { steps: real })).toBe('build/1/impl.diff')
    expect(key('build/a/red.diff', 'quality', { steps: real })).toBe('unknown')
    const two: readonly ScopeStep[] = [
      { name: 'one', perTask: true, steps: [{ name: 'x' }] },
      { name: 'two', perTask: true, steps: [{ name: 'x' }] },
    ]
    expect(resolve('build/a/x', '', { steps: two })).toEqual({
      status: 'ambiguous',
      candidates: ['one/a/x', 'two/a/x'],
    })
  })

  it('refuses a short name that two visible steps share', () => {
    const shared: readonly ScopeStep[] = [
      { name: 'impl' },
      { name: 'decompose', perTask: true, steps: [{ name: 'impl' }, { name: 'check' }] },
      { name: 'a', steps: [{ name: 'style' }] },
      { name: 'b', steps: [{ name: 'style' }] },
    ]
    expect(resolve('impl.output', 'decompose/t/check', { steps: shared })).toEqual({
      status: 'ambiguous',
      candidates: ['decompose/t/impl', 'impl'],
    })
    expect(key('decompose/impl.output', 'decompose/t/check', { steps: shared })).toBe(
      'decompose/t/impl.output',
    )
    expect(key('impl.output', 'a', { steps: shared })).toBe('impl.output')
    expect(resolve('style', 'a/style', { steps: shared }).status).toBe('ambiguous')
    expect(key('b/style', 'a/style', { steps: shared })).toBe('b/style.output')
  })

  it('stays inside the workflow, below the path it runs at', () => {
    expect(key('first', 'quality', { root: 'impl/review' })).toBe('impl/review/reviews/first.output')
    expect(key('red', 'decompose/t/green', { root: 'x' })).toBe('x/decompose/t/red.output')
  })

  it('proposes the closest name or field', () => {
    expect(resolve('gren.diff', 'decompose/*/red')).toEqual({ status: 'unknown', closest: ['green.diff'] })
    expect(resolve('red.dif', green)).toEqual({ status: 'unknown', closest: ['red.diff'] })
    expect(resolve('nowhere/x', green).status).toBe('unknown')
  })

  it('knows all fields', () => {
    for (const field of [
      'status',
      'session_id',
      'tokens_in',
      'cache_write',
      'state.decompose/a/x.output',
      'prev.diff',
    ]) {
      expect(key(`red.${field}`, green)).toBe(`decompose/add-auth/red.${field}`)
    }
    expect(resolve('red.gate.nothing', green).status).toBe('unknown')
  })
})

describe('gates and previous attempts', () => {
  it('takes the step, then the groups around it', () => {
    expect(key('gate.test.error', 'decompose/a/green')).toBe('decompose/a/green.gate.test.error')
    expect(key('gate.lint', 'decompose/a/checks/style')).toBe('decompose/a/checks.gate.lint')
    expect(key('gate.schema', 'decompose/a/red')).toBe('decompose.gate.schema')
    expect(key('gate.blast_radius', 'decompose/a/red')).toBe('decompose/a/red.gate.blast_radius')
    expect(resolve('gate.tset', 'decompose/a/green')).toEqual({ status: 'unknown', closest: ['gate.test'] })
  })

  it('takes the last word of a validator for its name when only one ends with it', () => {
    expect(key('gate.review.comments', 'decompose/a/green')).toBe(
      'decompose/a/green.gate.arch-review.comments',
    )
    expect(key('green.gate.review', 'decompose/a/red')).toBe('decompose/a/green.gate.arch-review')
    expect(resolve('gate.review', 'decompose/a/checks/style')).toEqual({
      status: 'ambiguous',
      candidates: ['security-review', 'arch-review'],
    })
  })

  it('keeps prev to the step itself', () => {
    expect(resolve('prev.output', 'decompose/a/green')).toEqual({
      status: 'found',
      source: 'own',
      key: 'decompose/a/green.prev.output',
      step: 'decompose/a/green',
      field: 'prev.output',
    })
    expect(key('prev.gate.review.comments', 'decompose/a/green')).toBe(
      'decompose/a/green.prev.gate.arch-review.comments',
    )
    const misspelt = resolve('prev.otput', 'decompose/a/green')
    expect(misspelt.status === 'unknown' && misspelt.closest[0]).toBe('prev.output')
  })
})

describe('tasks, built-in names and inputs', () => {
  it('knows the fields of a task only where one is worked on', () => {
    expect(key('task.anything', 'decompose/a/red')).toBe('task.anything')
    expect(resolve('task.name', 'quality').status).toBe('unknown')
    expect(resolve('task', 'decompose/a/red')).toMatchObject({
      status: 'unknown',
      closest: ['task.name', expect.anything(), expect.anything()],
    })
  })

  it('knows the built-in names', () => {
    for (const name of ['spec', 'error', 'diff', 'attempt', 'run.id', 'run.cost'])
      expect(key(name, 'quality')).toBe(name)
    expect(resolve('run.cots', 'quality')).toMatchObject({ status: 'unknown' })
    expect(resolve('gate', 'quality')).toMatchObject({ status: 'unknown' })
  })

  it('reports a bare name that nobody provides as an input', () => {
    expect(resolve('focus', 'quality')).toEqual({ status: 'input', name: 'focus' })
    expect(resolve('focus', 'quality', { inputs: ['focus'] })).toEqual({
      status: 'found',
      source: 'input',
      key: 'focus',
    })
  })

  it('lets inputs shadow spec, diff and error, and nothing else', () => {
    const inputs = ['diff', 'attempt', 'quality']
    expect(resolve('diff', 'decompose', { inputs })).toMatchObject({ source: 'input' })
    expect(resolve('attempt', 'decompose', { inputs })).toMatchObject({ source: 'builtin' })
    expect(resolve('quality', 'decompose', { inputs })).toMatchObject({ source: 'step' })
  })
})

describe('v3 spellings', () => {
  const v3: readonly ScopeStep[] = [
    { name: 'plan' },
    { name: 'build', perTask: true, steps: [{ name: 'impl' }, { name: 'check' }] },
    { name: 'deploy', perTask: true },
  ]
  const dialect = 'v3'

  it('reads item and steps', () => {
    expect(key('item.name', 'build/1/impl', { steps: v3, dialect })).toBe('task.name')
    expect(key('steps.impl.diff', 'build/2/check', { steps: v3, dialect })).toBe('build/2/impl.diff')
    expect(key('steps.plan', 'build/2/check', { steps: v3, dialect })).toBe('plan.output')
  })

  it('knows the task of a workflow that runs for each', () => {
    expect(key('item.name', 'deploy/*', { steps: v3, dialect })).toBe('task.name')
    expect(resolve('item.name', 'deploy', { steps: v3, dialect }).status).toBe('unknown')
  })

  it('are refused in v4 files, with the spelling of today', () => {
    expect(resolve('item.name', 'build/1/impl', { steps: v3 })).toEqual({
      status: 'unknown',
      closest: ['task.name'],
    })
    expect(resolve('steps.plan.output', 'build/1/impl', { steps: v3 })).toEqual({
      status: 'unknown',
      closest: ['plan.output'],
    })
  })
})

describe('resolutionProblem', () => {
  const problem = (name: string, at = 'decompose/*/green'): ResolutionProblem | null => {
    const scope = createScope({ steps, at })
    return resolutionProblem(name, resolveName(name, scope), scope)
  }

  it('is null for a name that has a value', () => {
    expect(problem('red.diff')).toBeNull()
  })

  it('names what can be seen, and the closest of it', () => {
    expect(problem('rd.diff')).toEqual({
      code: 'GUMP-T001',
      message: 'there is no {rd.diff} here',
      expected:
        'a step that can be seen from here: red, green, checks, style, decompose, reviews, first, second, quality',
      suggestion: '{red.diff}',
    })
  })

  it('names the fields of a step, its gates and where a task is', () => {
    expect(problem('red.tests')?.expected).toMatch(
      /^\{red\.FIELD\} with one of output, .*, gate\.compile, gate\.tests_found/,
    )
    expect(problem('gate.lint')).toMatchObject({
      expected: 'a gate of this step or of one around it: compile, test, arch-review, schema',
    })
    expect(problem('gate.lint', 'reviews/first')?.expected).toMatch(/; there is none$/)
    expect(problem('task.name', 'quality')?.expected).toMatch(/^a step inside each or foreach/)
    expect(problem('run.price')?.expected).toBe('{run.id} or {run.cost}')
  })

  it('says how to give an input, and what may have been meant', () => {
    expect(problem('id')).toEqual({
      code: 'GUMP-T003',
      message: 'nothing provides {id}',
      expected: '--set id=VALUE, or {{id}} for literal braces',
    })
    expect(problem('spce')).toMatchObject({ code: 'GUMP-T003', suggestion: '{spec}' })
    expect(problem('gren')).toMatchObject({ suggestion: '{green}' })
  })

  it('writes out every step that an ambiguous name can mean', () => {
    const scope = createScope({
      steps: [...steps, { name: 'a', steps: [{ name: 'first' }] }],
      at: 'quality',
    })
    expect(resolutionProblem('first.diff', resolveName('first.diff', scope), scope)).toEqual({
      code: 'GUMP-T002',
      message: '{first.diff} can mean more than one',
      expected: 'the one you mean: {reviews/first.diff}, {a/first.diff}',
    })
  })
})

it('refuses a position that does not exist, and names 10 000 steps quickly', () => {
  expect(() => createScope({ steps, at: 'nowhere' })).toThrow(RangeError)
  const many = Array.from({ length: 10_000 }, (_, index) => ({ name: `s${String(index)}` }))
  const statuses = many.map((step) => {
    return resolveName('s9999.diff', createScope({ steps: many, at: step.name })).status
  })
  expect(new Set(statuses)).toEqual(new Set(['found']))
})
