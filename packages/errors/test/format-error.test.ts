import { formatError, GumpError } from '@gump/errors'
import { expect, test } from 'vitest'

test('shows the code, the message and the remedy', () => {
  const error = new GumpError('GUMP-P003', 'changes in src/a\u001b.ts', { remedy: 'commit them' })
  expect(formatError(error)).toBe('GUMP-P003  changes in src/a\\x1b.ts\n  Commit them.')
})

test('falls back to the remedy of the catalogue', () => {
  expect(formatError(new GumpError('GUMP-P002', 'no commit'))).toBe(
    'GUMP-P002  no commit\n  Make a first commit.',
  )
})

test('appends located problems with their source', () => {
  const position = { line: 1, column: 1, offset: 0 }
  const error = new GumpError('GUMP-W010', 'flow.yaml has 1 problem', {
    diagnostics: [
      {
        code: 'GUMP-W010',
        severity: 'error',
        message: 'unknown key "x"',
        file: 'flow.yaml',
        range: { start: position, end: { ...position, column: 2, offset: 1 } },
      },
    ],
  })
  expect(formatError(error, { sources: { 'flow.yaml': 'x: 1\n' } })).toContain('  1 | x: 1\n    | ^')
})

test('does not repeat the only problem, and ends with the summary of several', () => {
  const problem = {
    code: 'GUMP-W010',
    severity: 'error',
    message: 'unknown key "x"',
    expected: 'name',
  } as const
  const one = new GumpError('GUMP-W010', 'unknown key "x"', { diagnostics: [problem] })
  expect(formatError(one)).toBe('GUMP-W010  unknown key "x"\n   expected: name')
  const two = new GumpError('GUMP-W010', '2 mistakes', {
    diagnostics: [problem, problem],
    remedy: 'repair them',
  })
  expect(formatError(two)).toBe(
    `${formatError(one)}\n\n${formatError(one)}\n\nGUMP-W010  2 mistakes\n  Repair them.`,
  )
})
