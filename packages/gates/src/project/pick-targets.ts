const NAMES: Readonly<Record<string, readonly string[]>> = {
  compile: ['compile', 'build', 'typecheck'],
  test: ['test', 'tests', 'check'],
  lint: ['lint'],
  coverage: ['coverage', 'cover'],
}

/** Which of a task runner's targets stand for which alias. */
export function pickTargets(targets: readonly string[]): [alias: string, target: string][] {
  const present = new Set(targets)
  return Object.entries(NAMES).flatMap(([alias, names]) => {
    const target = names.find((name) => present.has(name))
    return target === undefined ? [] : [[alias, target] satisfies [string, string]]
  })
}
