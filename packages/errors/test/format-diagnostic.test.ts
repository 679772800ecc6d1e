import { formatDiagnostic, formatDiagnostics, type Diagnostic } from '@gump/errors'
import * as fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'

/** A diagnostic about the first place where `needle` stands in `text`. */
function at(text: string, needle: string, extra: Partial<Diagnostic> = {}): Diagnostic {
  const offset = text.indexOf(needle)
  const position = (index: number) => ({
    line: text.slice(0, index).split('\n').length,
    column: index - text.lastIndexOf('\n', index - 1),
    offset: index,
  })
  return {
    code: 'GUMP-W010',
    severity: 'error',
    message: 'unknown key',
    file: 'flow.yaml',
    range: { start: position(offset), end: position(offset + needle.length) },
    ...extra,
  }
}

describe('formatDiagnostic', () => {
  test('shows the line of a command that has no file', () => {
    const command = 'gump run --dryrun'
    const { file: _, ...problem } = at(command, '--dryrun', { line: command, suggestion: '--dry-run' })
    expect(formatDiagnostic(problem)).toBe(
      [
        'GUMP-W010  unknown key',
        '  $ | gump run --dryrun',
        '    |          ^^^^^^^^',
        '    did you mean: --dry-run',
      ].join('\n'),
    )
  })

  test('shows place, code, line, underline, expectation and suggestion', () => {
    const text = 'name: demo\nsteps:\n  - promt: hello\n'
    const shown = formatDiagnostic(at(text, 'promt', { expected: 'name, agent', suggestion: 'prompt' }), text)
    expect(shown).toBe(
      [
        'flow.yaml:3:5  GUMP-W010  unknown key',
        '  3 |   - promt: hello',
        '    |     ^^^^^',
        '    expected: name, agent',
        '    did you mean: prompt',
      ].join('\n'),
    )
  })

  test.each([
    ['tabs', 'a:\n\tkey\tbad: 1\n', 'bad', 8, 3],
    ['wide characters', 'a:\n  日本: bad\n', 'bad', 8, 3],
    ['a wide caret', 'a:\n  x: 日本\n', '日本', 5, 4],
    ['combining characters', 'a:\n  e\u0301e\u0301: bad\n', 'bad', 6, 3],
    ['emoji sequences', 'a:\n  👩‍👩‍👧: bad\n', 'bad', 6, 3],
    ['escapes', 'a:\n  \u001b[31m: bad\n', 'bad', 12, 3],
  ])('puts the underline below %s', (_, text, needle, column, width) => {
    const lines = formatDiagnostic(at(text, needle), text).split('\n')
    const underline = lines[2]!.slice('    | '.length)
    expect([underline.indexOf('^'), underline.trim().length]).toEqual([column, width])
    expect(stringWidth(lines[1]!.slice(0, lines[1]!.indexOf(needle))) - '    | '.length).toBe(column)
  })

  test('clips long lines around the caret', () => {
    const text = `key: ${'x'.repeat(5000)} bad ${'y'.repeat(5000)}\n`
    const lines = formatDiagnostic(at(text, 'bad'), text, { width: 60 }).split('\n')
    expect(lines[1]).toMatch(/^ {2}1 \| …x+ bad y+…$/)
    expect(lines[1]!.length).toBeLessThanOrEqual(60)
    expect(lines[1]!.indexOf('bad')).toBe(lines[2]!.indexOf('^'))
  })

  test('says warning and note, and colours on request', () => {
    const text = 'a: 1\n'
    expect(formatDiagnostic(at(text, 'a', { severity: 'warning' }), text)).toContain(
      'GUMP-W010  warning: unknown',
    )
    expect(formatDiagnostic(at(text, 'a'), text, { color: true })).toContain('\u001b[31mGUMP-W010\u001b[39m')
  })

  test('never prints control characters and never exceeds the width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.nat(),
        fc.nat(40),
        (text, from, length) => {
          const start = Math.min(from % (text.length + 1), text.length)
          const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1
          const position = { line: 1, column: start - lineStart + 1, offset: start }
          const diagnostic: Diagnostic = {
            code: 'GUMP-W001',
            severity: 'error',
            message: 'm',
            range: { start: position, end: { ...position, offset: start + length } },
          }
          const lines = formatDiagnostic(diagnostic, text, { width: 60 }).split('\n')
          expect(lines).toHaveLength(3)
          for (const line of lines) {
            expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
            expect(stringWidth(line)).toBeLessThanOrEqual(60)
          }
        },
      ),
    )
  })
})

test('formatDiagnostics orders by file and place, and leaves out unknown sources', () => {
  const text = 'one: 1\ntwo: 2\n'
  const shown = formatDiagnostics(
    [at(text, 'two'), at(text, 'one'), at(text, 'one', { file: '__proto__' })],
    {
      'flow.yaml': text,
    },
  )
  expect(shown.split('\n\n').map((part) => part.split('\n').slice(0, 2))).toEqual([
    ['flow.yaml:1:1  GUMP-W010  unknown key', '  1 | one: 1'],
    ['flow.yaml:2:1  GUMP-W010  unknown key', '  2 | two: 2'],
    ['__proto__:1:1  GUMP-W010  unknown key'],
  ])
})
