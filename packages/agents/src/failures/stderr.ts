import { stripVTControlCharacters } from 'node:util'
import type { ProcessExit } from '../contract.js'

const MAX_TAIL_CHARS = 600
// What Codex, Gemini CLI and Qwen Code print at every start.
const CHATTER =
  /^(?:Reading additional input from stdin|Warning: (?:Basic terminal|256-color|running headless)|YOLO mode is|Ripgrep (?:is )?not available|\[STARTUP\] |Approval mode overridden)/
// Logs about something else than the work: servers of tools, updates, telemetry, warnings.
const ASIDE = /\bMCP\b|\btelemetry\b|\banalytics\b|^\s*(?:\S+\s+)?\[?(?:WARN(?:ING)?|INFO|DEBUG|TRACE)\b/i

/** The last whole lines on stderr, at most 600 characters, without terminal control sequences and start-up chatter. */
export function stderrTail(exit: ProcessExit): string {
  const told = lines(exit)
    .filter((line) => !CHATTER.test(line))
    .join('\n')
    .trim()
  if (told.length <= MAX_TAIL_CHARS) return told
  const cut = told.slice(-MAX_TAIL_CHARS)
  const lineStart = cut.indexOf('\n') + 1
  return cut.slice(lineStart)
}

/** Like {@link stderrTail}, without what a program logs beside its work: what is left may say why it failed. */
export function complaints(exit: ProcessExit): string {
  return stderrTail({
    ...exit,
    stderrTail: lines(exit)
      .filter((line) => !ASIDE.test(line))
      .join('\n'),
  })
}

function lines(exit: ProcessExit): readonly string[] {
  return stripVTControlCharacters(exit.stderrTail.slice(-64_000)).split('\n')
}
