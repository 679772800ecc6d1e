import { escapeControl } from '@gump/errors'

/** Text from agents, tasks, repositories or people on one line of a terminal. */
export function oneLine(text: string): string {
  return escapeControl(linesOf(text).join(' ⏎ '))
}

/** The first line that says something. */
export function firstLine(text: string): string {
  return escapeControl(linesOf(text)[0] ?? '')
}

function linesOf(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
