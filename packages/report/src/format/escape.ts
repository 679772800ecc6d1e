import { escapeControl } from '@gump/errors'

/** Text from agents, tasks, repositories or people on one line of a terminal. */
export function oneLine(text: string): string {
  return escapeControl(linesOf(text).join(' ⏎ '))
}

/** Text of several lines below a heading, indented; of a long one the first and the last lines. */
export function block(text: string, indent: string, most = 24): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd())
  while (lines.at(-1) === '') lines.pop()
  if (lines.length <= most) return lines.map((line) => indent + escapeControl(line))
  const head = lines.slice(0, Math.floor(most / 3))
  const tail = lines.slice(lines.length - (most - head.length))
  const left = lines.length - most
  return [...head, `… ${left} lines of the excerpt left out; the log has all of it …`, ...tail].map(
    (line) => indent + escapeControl(line),
  )
}

function linesOf(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
