const VERSION = /(?:^|[^\d.])v?(\d{1,6}\.\d{1,6}(?:\.\d{1,6})?(?:-[\w.-]{1,40})?)(?!\d|\.\d)/

/** The version in what a CLI prints for its version command, or null: `2.1.329 (Claude Code)` → `2.1.329`. */
export function versionOf(output: string): string | null {
  return VERSION.exec(output.slice(0, 10_000))?.[1] ?? null
}

/**
 * True when a version lies in one of the ranges an adapter was verified with: `2.1.x`, `0.169.x`, `1.x`, `1.0.102`.
 * A version that is not known is not verified.
 */
export function isVerified(version: string | null, ranges: readonly string[]): boolean {
  return version !== null && ranges.some((range) => inRange(version, range))
}

function inRange(version: string, range: string): boolean {
  const actual = version.replace(/-.*$/, '').split('.')
  const wanted = range.split('.')
  return wanted.every((part, i) => part === 'x' || part === '*' || part === (actual[i] ?? '0'))
}
