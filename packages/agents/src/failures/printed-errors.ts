// `Error: …`, `litellm.AuthenticationError: …`, `✗ fatal: …`, `ERROR …`, `API Error: 401 …`.
const ERROR_LINE =
  /^[^\p{L}\p{N}]{0,6}(?:[\w.]*(?:error|exception|fatal|failed|failure)\b|api error\b|http \d{3}\b)/iu
const LAST_LINES = 5
const MAX_CHARS = 4000

/** What a program that tells its errors on stdout has printed last, where the lines look like errors; '' otherwise. */
export function printedErrors(lines: readonly string[]): string {
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-LAST_LINES)
    .filter((line) => ERROR_LINE.test(line.trim()))
    .join('\n')
    .slice(-MAX_CHARS)
}
