/** The same for the same agents in whatever order they failed. */
export function cellKey(failed: readonly string[], agent: string): string {
  return JSON.stringify([failed.toSorted(), agent])
}
