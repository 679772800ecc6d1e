import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

// What documentation shows is code that is built and tested: each block stands below a link to its file.

const root = fileURLToPath(new URL('../../..', import.meta.url))
const block =
  /(?:^\[`(?<shown>[^`]+)`\]\((?<target>[^)]+)\)\n\n)?^```(?<lang>\w+)\n(?<code>[\s\S]*?)\n```$/gmu

describe.each([
  'docs/extending.md',
  'examples/agent-pebble/README.md',
  'examples/house-rules/README.md',
  'examples/node-script/README.md',
])('%s', (document) => {
  const blocks = [...readFileSync(join(root, document), 'utf8').matchAll(block)].map(
    ({ groups }) => groups ?? {},
  )

  test('shows code', () => {
    expect(blocks.length).toBeGreaterThan(0)
  })

  test.each(blocks)('shows $target as it is', ({ shown, target, code }) => {
    if (shown === undefined || target === undefined) throw new Error(`no link to a file above:\n${code}`)
    const file = join(root, dirname(document), target)
    expect(file.endsWith(shown)).toBe(true)
    expect(`\n${readFileSync(file, 'utf8')}`).toContain(`\n${code}\n`)
  })
})
