/** The first version number in what a program prints when asked for it; null when there is none. */
export function versionOf(output: string): string | null {
  return /\d+\.\d+(?:\.\d+)?(?:-[0-9A-Za-z.-]+)?/.exec(output)?.[0] ?? null
}

/**
 * Whether an adapter was verified with a version. Ranges name the parts that matter: `2.1.x` takes any 2.1, `0.169`
 * any 0.169, `1.0.102` exactly that.
 */
export function isVerified(version: string, ranges: readonly string[]): boolean {
  const parts = version.split('-')[0]?.split('.') ?? []
  return ranges.some((range) =>
    range.split('.').every((part, i) => part === 'x' || part === '*' || part === parts[i]),
  )
}
