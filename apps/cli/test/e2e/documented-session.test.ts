import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

import { world } from './support/world.js'

const page = readFileSync(fileURLToPath(new URL('../../../../docs/runs.md', import.meta.url)), 'utf8')

/** The files that the page shows, and those it only mentions. */
const files: Record<string, string> = {
  'gump.toml': '[agents.scripted]\nscript = "agents.yaml"\n',
  'spec.md': '# Pages for people who are new\n',
}
for (const [, name, text] of page.matchAll(/^`(\S+)`\n\n```yaml\n(.*?)^```/gmsu))
  files[name ?? ''] = text ?? ''

interface Entry {
  readonly args: readonly string[]
  readonly shown: string
}

const session = [...page.matchAll(/^```console\n(.*?)^```/gmsu)].flatMap(([, text = '']): Entry[] =>
  text
    .split(/^\$ gump /mu)
    .slice(1)
    .map((entry) => {
      const [command = '', ...lines] = entry.split('\n')
      const args = [...command.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, word]) => quoted ?? word ?? '')
      return { args, shown: lines.join('\n') }
    }),
)

/** What differs from one session to the next: names, times, widths, and which of two parallel tasks came first. */
function comparable(text: string): readonly string[] {
  return text
    .trim()
    .replaceAll(/run_[\d_]+/gu, 'RUN')
    .replaceAll(/\b[\da-f]{12}\b/gu, 'COMMIT')
    .replaceAll(/\b\d+m \d+s\b|\b\d+m?s\b/gu, 'TIME')
    .replaceAll(/ {2,}/gu, '  ')
    .split('\n')
    .toSorted()
}

it('the documented session goes as the page says', async () => {
  const { gump } = world(files)
  expect(session.length).toBeGreaterThan(8)
  for (const { args, shown } of session) {
    const { stdout, stderr } = await gump(args)
    expect({ args, lines: comparable(stdout), stderr }).toEqual({
      args,
      lines: comparable(shown),
      stderr: '',
    })
  }
}, 180_000)
