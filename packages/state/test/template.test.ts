import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeTemplate, parseTemplate, renderTemplate, templateVariables } from '@gump/state'

const render = (text: string, values: Record<string, string> = {}): string =>
  renderTemplate(parseTemplate(text), (name) => (Object.hasOwn(values, name) ? values[name] : undefined))

describe('parseTemplate', () => {
  it('gives literals and variables with their offsets', () => {
    expect(parseTemplate('a {{b}} {task.name}!').parts).toEqual([
      { kind: 'literal', text: 'a {b} ', start: 0, end: 8 },
      { kind: 'variable', name: 'task.name', start: 8, end: 19 },
      { kind: 'literal', text: '!', start: 19, end: 20 },
    ])
  })

  it.each([
    'spec',
    'impl.output',
    'decompose/add-auth/impl.gate.arch-review.error',
    'a_b',
    'v1',
    '1a',
    'build/1/impl',
  ])('takes {%s} for a variable', (name) => {
    expect(templateVariables(parseTemplate(`x{${name}}y`))).toEqual([name])
  })

  it.each([
    '{}',
    '{ spec }',
    '{4}',
    '{2,4}',
    '{0} of {1}',
    '{_}',
    '{-}',
    '{1.5}',
    '{1/2}',
    '{2024-01-31}',
    String.raw`^\d{4}-\d{2}$`,
    'printf "{0:>8} {1}"',
    '{a b}',
    '{"id": 1}',
    '{"a": {"b": {"c": 1}}}',
    '{1..3}',
    '{/if}',
    '{...rest}',
    '{a.}',
    '{é}',
    '${spec}',
    '${a:-${b}}',
    '{ f() { g; }}',
    'a } b',
    'an open { brace',
  ])('leaves %s as it is', (text) => {
    expect(parseTemplate(text).parts).toEqual([{ kind: 'literal', text, start: 0, end: text.length }])
  })

  it('turns doubled braces into single ones, before anything else', () => {
    expect(render('{{id}} {{ x }} }} {{')).toBe('{id} { x } } {')
    expect(render('${{id}}')).toBe('${id}')
    expect(render('{{{id}}}', { id: '7' })).toBe('{7}')
    expect(render('a stray { and {{id}}')).toBe('a stray { and {id}')
  })

  it('finds variables inside JSON', () => {
    expect(render('{"a": {"b": "{task.name}"}, "c": {x}}', { 'task.name': 't', x: '1' })).toBe(
      '{"a": {"b": "t"}, "c": 1}',
    )
  })

  it('names each variable once, in order of use', () => {
    expect(templateVariables(parseTemplate('{b} {a} {b}'))).toEqual(['b', 'a'])
  })
})

describe('renderTemplate', () => {
  it('never scans an inserted value again', () => {
    expect(render('{a}{b}', { a: '{b', b: '} {a} {{x}} $& ${c}' })).toBe('{b} {a} {{x}} $& ${c}')
  })

  it('removes a line of variables that are all empty', () => {
    const values = { a: '', b: '', c: 'c' }
    expect(render('one\n{a}\ntwo', values)).toBe('one\ntwo')
    expect(render('{a}\ntwo\n', values)).toBe('two\n')
    expect(render('one\n  {a} {b}\t\n', values)).toBe('one\n')
    expect(render('one\n{a}', values)).toBe('one')
    expect(render('one\r\n{a}\r\ntwo', values)).toBe('one\r\ntwo')
    expect(render('{a}', values)).toBe('')
  })

  it('keeps every other line', () => {
    const values = { a: '', c: 'c', blank: ' ', lines: '\n\n' }
    expect(render('one\n{a}{c}\n- {a}\n\ntwo', values)).toBe('one\nc\n- \n\ntwo')
    expect(render('\n\n{c}\n\n', values)).toBe('\n\nc\n\n')
    expect(render('{blank}\n{lines}\nx', values)).toBe(' \n\n\n\nx')
  })

  it('says which variable has no value', () => {
    expect(() => render('ab {nobody}')).toThrow(
      expect.objectContaining({ code: 'GUMP-T003', data: { name: 'nobody', offset: 3 } }),
    )
    expect(() => render('{nobody.output}')).toThrow(expect.objectContaining({ code: 'GUMP-T001' }))
  })

  it('gives any escaped text back', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('{', '}', '$', 'a', '.', '/', '\n', '\r', ' ', '😀', '"') }),
    )
    fc.assert(fc.property(text, (t) => render(escapeTemplate(t)) === t))
  })

  it('inserts any value unchanged, between any texts', () => {
    const text = fc.string({ unit: fc.constantFrom('{', '}', '$', 'a', '\n', ' ', '😀') })
    fc.assert(
      fc.property(text, text, fc.string({ minLength: 1 }), (before, after, value) => {
        const template = `${escapeTemplate(before)}|{v}${escapeTemplate(after)}`
        return render(template, { v: value }) === `${before}|${value}${after}`
      }),
    )
  })

  it('covers the source without gaps', () => {
    const text = fc.string({ unit: fc.constantFrom('{', '}', '{a}', '$', 'b.c', '/') })
    fc.assert(
      fc.property(text, (source) => {
        let end = 0
        for (const part of parseTemplate(source).parts) {
          if (part.start !== end) return false
          end = part.end
        }
        return end === source.length
      }),
    )
  })

  it('is linear in its input and output', () => {
    const elapsed = (size: number): number => {
      const start = performance.now()
      render('{'.repeat(size))
      render('{a'.repeat(size))
      render(escapeTemplate('{}\n'.repeat(size)))
      render('{a}\n'.repeat(size), { a: 'x'.repeat(10) })
      return performance.now() - start
    }
    elapsed(1000)
    const small = Math.min(elapsed(20_000), elapsed(20_000))
    const large = Math.min(elapsed(160_000), elapsed(160_000))
    // Eight times the size; quadratic would be sixty-four times the time. The floor absorbs timer noise.
    expect(large).toBeLessThan(Math.max(small, 10) * 32)
  })
})
