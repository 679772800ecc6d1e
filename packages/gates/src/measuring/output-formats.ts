/** Reads a line coverage, in percent, from what a program printed; null when it is not in this format. */
export type OutputFormat = (output: string) => number | null

/** The last match counts: sums stand at the end, and tests may print something similar before. */
function last(output: string, expression: RegExp): number | null {
  const found = [...output.matchAll(expression)].at(-1)?.[1]
  return found === undefined ? null : percentage(Number(found.replace(',', '.')))
}

function percentage(value: number): number | null {
  return Number.isFinite(value) && value >= 0 && value <= 100 ? value : null
}

/** `Lines        : 85.71% ( 6/7 )`: istanbul's text-summary, of Jest, Vitest, c8 and nyc. */
export const istanbulSummary: OutputFormat = (output) => last(output, /^Lines\s*:\s*([\d.]+)%/gm)

/** `All files | % Stmts | % Branch | % Funcs | % Lines |`: istanbul's table. */
export const istanbulTable: OutputFormat = (output) =>
  last(output, /^\s*All files\s*\|\s*[\d.]+\s*\|\s*[\d.]+\s*\|\s*[\d.]+\s*\|\s*([\d.]+)\s*\|/gm)

/** `# all files | 85.71 | …`: Node's own runner. */
export const nodeTable: OutputFormat = (output) => last(output, /^(?:#|ℹ)\s*all files\s*\|\s*([\d.]+)\s*\|/gm)

/** `total: (statements) 85.7%`: `go tool cover -func`. */
export const goTotal: OutputFormat = (output) => last(output, /^total:\s+\(statements\)\s+([\d.]+)%$/gm)

/** `ok … coverage: 85.7% of statements`: `go test -cover` of a single package; several cannot be weighed. */
export const goPackage: OutputFormat = (output) => {
  const all = [...output.matchAll(/\bcoverage: ([\d.]+)% of statements/g)]
  return all.length === 1 ? percentage(Number(all[0]?.[1])) : null
}

/** `TOTAL  7  1  86%`: coverage.py and pytest-cov. */
export const coveragePy: OutputFormat = (output) => last(output, /^TOTAL(?:\s+\d+)+\s+([\d.]+)%$/gm)

/** `TOTAL` of `cargo llvm-cov`: regions, functions, then lines, each as count, missed and percentage. */
export const llvmCov: OutputFormat = (output) =>
  last(output, /^TOTAL(?:\s+\d+\s+\d+\s+(?:[\d.]+%|-)){2}\s+\d+\s+\d+\s+([\d.]+)%/gm)

/** `85.71% coverage, 6/7 lines covered`: cargo-tarpaulin. */
export const tarpaulin: OutputFormat = (output) =>
  last(output, /^([\d.]+)% coverage, \d+\/\d+ lines covered/gm)

/** `Line Coverage: 85.71% (6 / 7)`, older `Coverage report … 6 / 7 LOC (85.71%) covered`: SimpleCov. */
export const simplecov: OutputFormat = (output) =>
  last(output, /^Line Coverage: ([\d.]+)%/gm) ?? last(output, / LOC \(([\d.]+)%\) covered/gm)

/** `Lines:   85.71% (6/7)`: PHPUnit's `--coverage-text`. */
export const phpunitText: OutputFormat = (output) => last(output, /^\s+Lines:\s+([\d.]+)% \(/gm)

/** `50.00% | Total`: `mix test --cover`; `[TOTAL]  50.0%`: excoveralls. */
export const mixCover: OutputFormat = (output) =>
  last(output, /^\s*([\d.]+)% \| Total$/gm) ?? last(output, /^\[TOTAL\]\s+([\d.]+)%$/gm)

/** `All files | 50.00 | 40.00 |` (functions, lines): `bun test --coverage`. */
export const bunTable: OutputFormat = (output) =>
  last(output, /^All files\s*\|\s*[\d.]+\s*\|\s*([\d.]+)\s*\|\s*$/gm)

const formats: readonly OutputFormat[] = [
  istanbulSummary,
  istanbulTable,
  nodeTable,
  goTotal,
  llvmCov,
  coveragePy,
  tarpaulin,
  simplecov,
  phpunitText,
  mixCover,
  bunTable,
  goPackage,
]

/** Line coverage in percent from a program's output (without terminal escapes), or null. */
export function coverageFromOutput(output: string): number | null {
  for (const format of formats) {
    const percent = format(output)
    if (percent !== null) return percent
  }
  return null
}
