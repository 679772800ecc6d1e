import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isGumpError } from '@gump/errors'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { world } from './support/world.js'

const text = `
name: w
steps:
  - name: plan
    type: split
    agent: claude
    prompt: Split.
    parallel: true
    each:
      - {name: write, agent: claude, prompt: Go., gate: [{bash: "test -s {task.name}"}], retry: [{exit: 2}]}
  - {name: last, agent: claude, prompt: Go., gate: [{bash: "true"}]}
`
const script = `- match: {step: plan}
  do: [{out: {plan: [{name: a, description: A}, {name: b, description: B}]}}]
- match: {task: a, attempt: 1}
  do: [turn]
- match: {task: a}
  do: [{write: {path: a, content: x}}]
- match: {task: b}
  do: [{write: {path: b, content: x}}]
- do: [{write: {path: last, content: x}}]
`

type Mutation = (lines: readonly string[], at: number, other: number) => readonly string[]

const renumbered = (lines: readonly string[]): readonly string[] =>
  lines.map((line, index) => line.replace(/"seq":\d+/u, `"seq":${index + 1}`))

const mutations: Readonly<Record<string, Mutation>> = {
  'a line taken out': (lines, at) => lines.toSpliced(at, 1),
  'a line taken out, and renumbered': (lines, at) => renumbered(lines.toSpliced(at, 1)),
  'lines swapped, and renumbered': (lines, at, other) =>
    renumbered(lines.with(at, lines[other] ?? '').with(other, lines[at] ?? '')),
  'a line doubled, and renumbered': (lines, at) => renumbered(lines.toSpliced(at, 0, lines[at] ?? '')),
  'the end cut off': (lines, at) => lines.slice(0, at),
  'a field renamed': (lines, at, other) => lines.with(at, renameField(lines[at] ?? '{}', other)),
  'a value replaced': (lines, at, other) => lines.with(at, replaceValue(lines[at] ?? '{}', other)),
  'a byte changed': (lines, at, other) => {
    const line = lines[at] ?? ''
    const place = other % Math.max(1, line.length)
    return lines.with(at, `${line.slice(0, place)}#${line.slice(place + 1)}`)
  },
}

function renameField(line: string, n: number): string {
  const entries = Object.entries(JSON.parse(line) as object)
  const at = n % entries.length
  return JSON.stringify(Object.fromEntries(entries.map(([k, v], i) => [i === at ? `${k}_` : k, v])))
}

function replaceValue(line: string, n: number): string {
  const entries = Object.entries(JSON.parse(line) as object)
  const strange: unknown[] = [null, -1, 'x', [], {}, true, 1e308, '__proto__', '../../..']
  const at = n % entries.length
  return JSON.stringify(Object.fromEntries(entries.map(([k, v], i) => [k, i === at ? strange[n % 9] : v])))
}

it('however a ledger is damaged, its run is listed, kept, and never a mistake in Gump', async () => {
  const { engine } = world({ workflows: { w: text }, script })
  const run = await engine.start({ workflow: 'w' })
  expect(await run.result).toMatchObject({ status: 'passed' })
  const file = join(run.dir, 'manifest.ndjson')
  const whole = readFileSync(file, 'utf8')
  const lines = whole.trimEnd().split('\n')

  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(mutations)),
      fc.nat({ max: lines.length - 1 }),
      fc.nat({ max: lines.length - 1 }),
      async (name, at, other) => {
        const damaged = mutations[name]?.(lines, at, other) ?? []
        writeFileSync(file, damaged.map((line) => `${line}\n`).join(''))
        const [summary, ...more] = await engine.runs()
        expect(more).toEqual([])
        const events = await engine.events(run.id).catch((error: unknown) => {
          if (!isGumpError(error)) throw error
          expect(error.code).toMatch(/^GUMP-L0(?:01|08|11|12)$/u)
          return null
        })
        expect(summary?.status === 'unreadable').toBe(events === null)
        const [result] = await engine.gc({ dryRun: true })
        expect(result).toMatchObject({ removed: false })
        expect(result?.reason).toMatch(
          /not applied|damaged|newer|empty|missing|of another|hold|not finished/u,
        )
      },
    ),
    { numRuns: 150 },
  )
  writeFileSync(file, whole)
  expect(await engine.runs()).toMatchObject([{ status: 'passed', problem: null }])
}, 120_000)
