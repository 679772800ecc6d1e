import { createUsageMeter } from '@gump/agents'
import { describe, expect, it } from 'vitest'
import { KINDS, type Kind } from './kinds.js'
import { streamSituations } from './stream-situations.js'

const told = (Object.keys(KINDS) as Kind[]).filter((kind) => streamSituations.some((s) => s.kind === kind))

describe.each(told)('%s', (kind) => {
  const own = streamSituations.filter((situation) => situation.kind === kind)

  it.each(own.map((situation) => [situation.adapter.displayName, situation.name, situation] as const))(
    '%s: %s',
    (_agent, _name, { adapter, lines, exit, outcome, standing, warns, tokens }) => {
      const parser = adapter.createParser()
      const meter = createUsageMeter({ price: null })
      for (const line of lines) for (const event of parser.push(JSON.stringify(line))) meter.observe(event)
      if (standing !== undefined) expect(parser.standing?.()).toEqual(standing)
      const ended = parser.end({ code: 1, signal: null, stderrTail: '', ...exit })
      expect(ended).toMatchObject(outcome)
      if (warns === false) expect(ended).not.toHaveProperty('warnings')
      meter.settle(ended)
      if (tokens !== undefined)
        expect([meter.total().tokens.input, meter.total().tokens.output]).toEqual(tokens)
    },
  )
})
