import { builtinAgents, createUsageMeter, type AgentAdapter, type MeteredUsage } from '@gump/agents'
import { readFixtures } from '@gump/agents/conformance'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const FIGURE = /token|cost|^(?:input|output|cached|read|write|reasoning|total|cacheRead|cacheWrite)$/i
const price = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 }
const recorded = builtinAgents().filter(({ name }) => existsSync(folderOf(name)) && name !== 'scripted')

/** What the next version of a program may do to its figures. */
const changes: Readonly<Record<string, (key: string, figure: number) => readonly [string, unknown]>> = {
  'under other names': (key, figure) => [`${key}V2`, figure],
  'as texts': (key, figure) => [key, String(figure)],
  'below zero': (key, figure) => [key, -1 - figure],
  'beyond all reason': (key, figure) => [key, 1e15 + figure],
}

describe.each(recorded.map((adapter) => ({ name: adapter.name, adapter })))('$name', ({ name, adapter }) => {
  const success = readFixtures(folderOf(name)).find((fixture) => fixture.name === 'success')
  const lines = new TextDecoder().decode(success?.stdout).trim().split('\n')

  it.each(Object.keys(changes))('invents no cost from figures %s', (how) => {
    const changed = lines.map((line) => JSON.stringify(changeFigures(JSON.parse(line), changes[how])))
    const used = meter(adapter, changed)
    expect(used).toMatchObject({ costUsd: 0, costSource: 'unpriced' })
    expect(used.tokens).toEqual({ input: 0, output: 0, cacheRead: 0, cacheWrite: 0 })
  })

  it('estimates nothing from the half that can still be read', () => {
    const rename = (key: string, figure: number): readonly [string, unknown] => [
      /^output(?:$|_?tokens$)/i.test(key) ? `${key}V2` : key,
      figure,
    ]
    const changed = lines.map((line) => JSON.stringify(changeFigures(JSON.parse(line), rename)))
    expect(changed).not.toEqual(lines.map((line) => JSON.stringify(JSON.parse(line))))
    expect(meter(adapter, changed).costSource).not.toBe('estimated')
  })
})

it('estimates nothing from zeros when the model has answered', () => {
  const used = createUsageMeter({ price })
  used.observe({ type: 'turn_started' })
  used.settle({
    usage: { tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }, scope: 'launch' },
  })
  expect(used.total().costSource).toBe('unpriced')
})

function meter(adapter: AgentAdapter, lines: readonly string[]): MeteredUsage {
  const parser = adapter.createParser()
  const used = createUsageMeter({ price })
  for (const line of lines) for (const event of parser.push(line)) used.observe(event)
  const outcome = parser.end({ code: 0, signal: null, stderrTail: '' })
  expect(outcome.status).toBe('success')
  used.settle(outcome)
  return used.total()
}

function changeFigures(value: unknown, change: (typeof changes)[string] | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => changeFigures(item, change))
  if (typeof value !== 'object' || value === null || change === undefined) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) =>
      typeof member === 'number' && FIGURE.test(key)
        ? change(key, member)
        : [key, changeFigures(member, change)],
    ),
  )
}

function folderOf(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
}
