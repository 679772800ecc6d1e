import { collectResults, type TestResults, type TestStatus } from './test-results.js'

/**
 * Reads TAP, nested by indentation where a runner has groups: only innermost tests count. Null without a plan, a
 * version or a test.
 */
export function readTap(
  output: string,
  { nested = false }: { readonly nested?: boolean } = {},
): TestResults | null {
  const names: string[] = []
  const found: (readonly [string, TestStatus])[] = []
  let deeper = -1
  let seen = false
  for (const line of output.split('\n')) {
    const subtest = nested ? /^( *)# Subtest: (.*)$/.exec(line) : null
    if (subtest !== null) {
      const depth = (subtest[1] ?? '').length / 4
      names.length = depth
      names[depth] = subtest[2] ?? ''
      continue
    }
    const test = /^( *)(not ok|ok)\b(?: \d+)?(?: -)? ?(.*)$/.exec(line)
    if (test === null) continue
    seen = true
    const depth = (test[1] ?? '').length / 4
    const [text = '', directive = ''] = (test[3] ?? '').split(/(?<!\\) # /)
    const name = text.replaceAll(String.raw`\#`, '#').replace(/ # time=.*$/, '')
    // The line of a group comes after those of its tests.
    const isGroup = nested && deeper > depth
    deeper = depth
    if (isGroup || /^time=.*\{$/.test(directive)) continue
    const path = nested ? [...names.slice(0, depth), name] : [name]
    found.push([path.filter(Boolean).join(' > '), statusOf(test[2] === 'ok', directive)])
  }
  return seen ? collectResults(found) : null
}

function statusOf(ok: boolean, directive: string): TestStatus {
  if (/^(?:skip|todo)/i.test(directive.trim())) return 'skipped'
  return ok ? 'passed' : 'failed'
}
