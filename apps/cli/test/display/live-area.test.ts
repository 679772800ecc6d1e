import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'

import { createLiveArea, cut } from '../../src/display/live-area.js'

/** A terminal that understands what the live area writes: text, line ends, cursor up, erase below. */
function screen(columns: number, rows = 24) {
  const lines = ['']
  let row = 0
  let cursor = true
  return {
    columns,
    rows,
    write(text: string) {
      for (const [token] of text.matchAll(/\u001b\[[?0-9;]*[A-Za-z]|[\s\S]/gu)) {
        if (token === '\n') {
          row += 1
          lines[row] ??= ''
        } else if (token === '\r') lines[row] ??= ''
        else if (/^\u001b\[\d+A$/u.test(token)) row -= Number(token.slice(2, -1))
        else if (token === '\u001b[J') lines.splice(row, lines.length, '')
        else if (token === '\u001b[?25l') cursor = false
        else if (token === '\u001b[?25h') cursor = true
        else if (!token.startsWith('\u001b')) lines[row] = `${lines[row] ?? ''}${token}`
      }
    },
    text: () => lines.join('\n'),
    cursor: () => cursor,
  }
}

describe('the live area', () => {
  it('stays below what is logged and is replaced in place', () => {
    const terminal = screen(40)
    const area = createLiveArea(terminal)
    area.draw(['working 1'])
    area.log(['first'])
    area.draw(['working 2', 'more'])
    area.log(['second'])
    expect(terminal.text()).toBe('first\nsecond\nworking 2\nmore\n')
    area.draw(['done'])
    expect(terminal.text()).toBe('first\nsecond\ndone\n')
  })

  it('leaves nothing behind, and the cursor visible', () => {
    const terminal = screen(40)
    const area = createLiveArea(terminal)
    area.log(['first'])
    area.draw(['working'])
    expect(terminal.cursor()).toBe(false)
    area.clear()
    expect(terminal.text()).toBe('first\n')
    expect(terminal.cursor()).toBe(true)
    area.clear()
    expect(terminal.text()).toBe('first\n')
  })

  it('never grows higher than the screen', () => {
    const terminal = screen(40, 6)
    const area = createLiveArea(terminal)
    area.draw(Array.from({ length: 50 }, (_, i) => `line ${i}`))
    expect(terminal.text()).toBe('line 0\nline 1\nline 2\nline 3\n')
  })

  it('knows how many rows its lines take after the window became narrower', () => {
    const written: string[] = []
    const terminal = { columns: 80, rows: 24, write: (text: string) => written.push(text) }
    const area = createLiveArea(terminal)
    area.draw(['x'.repeat(60), 'y'])
    terminal.columns = 30
    area.clear()
    expect(written.at(-1)).toContain('\u001b[3A')
  })
})

describe('cutting a line', () => {
  it('never exceeds the columns, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 4, max: 40 }),
        (text, columns) => {
          expect(stringWidth(cut(text, columns))).toBeLessThanOrEqual(columns)
        },
      ),
    )
  })

  it('keeps colours and closes them', () => {
    expect(cut('\u001b[32mgreen and long\u001b[39m', 8)).toBe('\u001b[32mgreen a…\u001b[0m')
  })
})
