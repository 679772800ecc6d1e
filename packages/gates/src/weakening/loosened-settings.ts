import type { ChangedText, Weakening } from './change.js'
import { isSettingsFile, readSettings } from './settings.js'
import type { Settings } from './setting-values.js'

const EXCLUSION =
  /(?:^|[._-])(?:\w*ignore\w*|\w*exclude\w*|omit|skip\w*|deselect|disable\w*|norecursedirs|per-file-ignores|exclude_lines|exclude_also|suppress\w*)(?:$|[._])/i
const THRESHOLD =
  /(?:^|[._-])(?:\w*threshold\w*|fail[-_]?under|lines|branches|functions|statements|min\w*coverage|minimum\w*|target|level|min-score)(?:$|[._])/i
const STRICT =
  /(?:^|[._-])(?:strict\w*|noImplicit\w*|noUnchecked\w*|noUnused\w*|exactOptional\w*|checkJs|warn_\w+|disallow_\w+|no_implicit\w*|check_untyped_defs|check-?coverage|failOn\w+|xfail_strict|per-file|enabled?|Enabled|allow_failures?|verbatimModuleSyntax|deny\w*)(?:$|[._])/
const LENIENT =
  /(?:^|[._-])(?:passWithNoTests|allowEmpty\w*|ignore_errors|ignoreBuildErrors|ignoreDuringBuilds|ignore_missing_imports|skipLibCheck|forbidOnly|allowOnly|dangerouslyIgnoreUnhandledErrors|todo|continue-on-error)(?:$|[._])/
const RULES = /(?:^|\.)(?:rules|linter\.rules|lints|cops?)(?:\.|$)/i
const SELECTION =
  /(?:^|[._])(?:include|testMatch|testRegex|testpaths|spec|select|extend-select|enable|addopts|options|python_files|roots|projects|files|script-?shell|collectCoverageFrom|tests?\.[\w.]*include)$/i
const LENIENT_FLAGS =
  /--(?:ignore|deselect|passWithNoTests|pass-with-no-tests|exit-zero|no-cov|testPathIgnorePatterns|exclude|forceExit|bail=0|quiet|allow-no-tests|fail-zero=false)|(?:^|\s)-k\s|(?:^|\s)-m\s+["']?not\b|\|\|\s*(?:true|:|exit 0)|;\s*(?:true|exit 0)\s*$|--fail-under[= ]0/

/** A list of files that a tool leaves out; a new one leaves out more than none. */
const IGNORE_FILE = /(?:^|\/)\.\w+ignore$/

/** What of runners, linters, compilers and coverage demands less than before. */
export function loosenedSettings(files: readonly ChangedText[]): readonly Weakening[] {
  return files
    .filter(({ path, before }) => (before !== null || IGNORE_FILE.test(path)) && isSettingsFile(path))
    .flatMap((file) =>
      file.after === null
        ? [weakening(file.path, 'the file was removed')]
        : compare(readSettings(file.path, file.before), readSettings(file.path, file.after)).map((detail) =>
            weakening(file.path, detail),
          ),
    )
}

function weakening(path: string, detail: string): Weakening {
  return { kind: 'settings loosened', path, line: null, detail, certain: true }
}

function compare(before: Settings, after: Settings): readonly string[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])]
  return keys.flatMap((key) => {
    const old = before.get(key) ?? []
    const now = after.get(key) ?? []
    if (old.join('\n') === now.join('\n')) return []
    return loosened(key, old, now, after)
  })
}

function loosened(
  key: string,
  old: readonly string[],
  now: readonly string[],
  after: Settings,
): readonly string[] {
  const come = now.filter((value) => !old.includes(value))
  const gone = old.filter((value) => !now.includes(value))
  // A rule that changed how it is written, from a word to a list, is still there.
  const written = (value: readonly string[]): string => value.slice(0, 3).join(', ').slice(0, 100)
  if (RULES.test(key)) {
    const [was, is] = [severity(old[0]), severity(now[0] ?? nested(after, key))]
    return was > is ? [`${key} went from ${old[0] ?? 'nothing'} to ${now[0] ?? 'nothing'}`] : []
  }
  if (EXCLUSION.test(key) && come.length > 0 && !come.every((value) => value === 'false'))
    return LENIENT.test(key) && come.every((value) => value !== 'true')
      ? []
      : [`${key} has more: ${written(come)}`]
  if (THRESHOLD.test(key) && old.length > 0) {
    const [was, is] = [Number(old[0]), now.length === 0 ? 0 : Number(now[0])]
    if (Number.isFinite(was) && Number.isFinite(is) && is < was && Math.abs(was) <= 100)
      return [`${key} went from ${old[0] ?? ''} to ${now[0] ?? 'nothing'}`]
  }
  if (LENIENT.test(key) && come.includes('true')) return [`${key} is on`]
  if (STRICT.test(key) && old.includes('true') && !now.includes('true'))
    return [`${key} is ${now.length === 0 ? 'gone' : 'off'}`]
  const flags = come.filter(
    (value) => LENIENT_FLAGS.test(value) && !gone.some((was) => flagsOf(was) === flagsOf(value)),
  )
  if (flags.length > 0) return [`${key} has ${written(flags)}`]
  if (SELECTION.test(key) && gone.length > 0 && come.length === 0)
    return [`${key} has less: ${written(gone)}`]
  if (SELECTION.test(key) && old.length > 0 && gone.length > 0 && narrower(gone, come))
    return [`${key} went from ${written(gone)} to ${written(come)}`]
  return []
}

function flagsOf(text: string): string {
  return (LENIENT_FLAGS.exec(text) ?? []).join(' ')
}

/** One pattern became one without a star, or a folder became a file of it. */
function narrower(gone: readonly string[], come: readonly string[]): boolean {
  return come.every((value) =>
    gone.some(
      (was) => (was.includes('*') && !value.includes('*')) || value.startsWith(`${was.replace(/\/$/, '')}/`),
    ),
  )
}

function nested(settings: Settings, key: string): string | undefined {
  return [...settings].find(([other]) => other.startsWith(`${key}.`))?.[1][0]
}

const SEVERITY: Readonly<Record<string, number>> = {
  off: 0,
  '0': 0,
  allow: 0,
  false: 0,
  none: 0,
  warn: 1,
  warning: 1,
  '1': 1,
  info: 1,
  error: 2,
  deny: 2,
  forbid: 2,
  '2': 2,
  true: 2,
  on: 2,
}

function severity(value: string | undefined): number {
  return value === undefined ? 0 : (SEVERITY[value.toLowerCase()] ?? 0)
}
