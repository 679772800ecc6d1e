import { createUsageMeter } from '@gump/agents'
import { describe, expect, it } from 'vitest'
import { KINDS, type Kind } from './kinds.js'
import { everyAdapter } from './every-adapter.js'
import { streamSituations } from './stream-situations.js'

const situations = [...streamSituations, ...everyAdapter]
const told = (Object.keys(KINDS) as Kind[]).filter((kind) => situations.some((s) => s.kind === kind))

describe.each(told)('%s', (kind) => {
  const own = situations.filter((situation) => situation.kind === kind)

  it.each(own.map((situation) => [situation.adapter.displayName, situation.name, situation] as const))(
    '%s: %s',
    (_agent, _name, { adapter, lines, exit, outcome, standing, warns, tokens, openTools }) => {
      const parser = adapter.createParser()
      const meter = createUsageMeter({ price: null })
      const events = lines.flatMap((line) => [...parser.push(JSON.stringify(line))])
      for (const event of events) meter.observe(event)
      const count = (type: string): number => events.filter((event) => event.type === type).length
      if (openTools !== undefined) expect(count('tool_started') - count('tool_finished')).toBe(openTools)
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
