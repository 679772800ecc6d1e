import { toSpans } from '@gump/report'
import { assert, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simulatedRun } from './support/arbitrary-run.js'
import { recordedLedger } from './support/ledgers.js'

describe('spans', () => {
  test('form one tree, the same each time', () => {
    assert(
      property(simulatedRun, ({ events }) => {
        const spans = toSpans(events)
        const ids = spans.map((span) => span.spanId)
        expect(new Set(ids).size).toBe(ids.length)
        for (const span of spans) {
          expect(span.traceId).toMatch(/^[0-9a-f]{32}$/)
          expect(span.spanId).toMatch(/^[0-9a-f]{16}$/)
          expect(span.parentSpanId === null || ids.includes(span.parentSpanId)).toBe(true)
          expect(span.endMs).toBeGreaterThanOrEqual(span.startMs)
        }
        expect(spans.filter((span) => span.parentSpanId === null)).toHaveLength(1)
        expect(toSpans(events)).toEqual(spans)
      }),
      { numRuns: 60 },
    )
    expect(toSpans([])).toEqual([])
  })

  test('follow the conventions', async () => {
    const spans = toSpans(await recordedLedger('0.1.0/tdd-passed'))
    const names = spans.map((span) => span.name)
    expect(names.slice(0, 5)).toEqual([
      'gump run tdd',
      'step decompose',
      'invoke_agent claude-opus',
      'chat claude-opus-4-5',
      'execute_tool Read',
    ])
    expect(names).toContain('gate compile')
    const agent = spans.find((span) => span.name === 'invoke_agent claude-opus')
    expect(agent).toMatchObject({
      status: 'ok',
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.provider.name': 'anthropic',
        'gen_ai.agent.name': 'claude-opus',
        'gen_ai.request.model': 'claude-opus-4-5',
        'gen_ai.usage.output_tokens': 550,
        'gen_ai.usage.input_tokens': 1400 + 16_400 + 8700,
        'gump.cost_usd': 0.31,
      },
    })
    const failed = spans
      .filter((span) => span.status === 'error')
      .map((span) => [span.name, span.attributes['error.type']])
    expect(failed).toEqual([
      ['execute_tool Bash', 'tool_error'],
      ['invoke_agent claude-haiku', 'gate'],
      ['gate test', 'gate_failed'],
      ['invoke_agent claude-haiku', 'guard'],
    ])
    expect(JSON.stringify(spans)).not.toContain('prompt')
  })
})
