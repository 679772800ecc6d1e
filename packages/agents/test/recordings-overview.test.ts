import { builtinAgents } from '@gump/agents'
import { type AgentFixture, readFixtures } from '@gump/agents/conformance'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('fixtures', import.meta.url))
const agents = builtinAgents()
  .map(({ name, displayName }) => ({ name, displayName, path: `${folder}/${name}` }))
  .filter(({ path }) => existsSync(path))

const intro = `# Recorded streams

What the adapters have to make of each recording: \`stdout.ndjson\` is what the program wrote, byte for byte, \`expected.yaml\`
what must come of it. This page is made of the latter: \`npx vitest run packages/agents -u\` brings it up to date.

Tokens are input, output, read from and written to the cache. Those and costs in *italics* count the whole session; the meter takes
away what was there before. No cost: the program tells none, and it is estimated from the tokens.`

const columns = [
  'recording',
  'exit',
  'outcome',
  'session',
  'turns',
  'tokens',
  'cost',
  'files written',
  'what it is',
]

test('fixtures/README.md is up to date; vitest -u writes it', async () => {
  const parts = agents.map(({ displayName, path }) =>
    [`## ${displayName}`, rows([columns, columns.map(() => '---'), ...readFixtures(path).map(cells)])].join(
      '\n\n',
    ),
  )
  await expect(`${[intro, ...parts].join('\n\n')}\n`).toMatchFileSnapshot('fixtures/README.md')
})

test('every folder of recordings belongs to an agent', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).toSorted()).toEqual(agents.map(({ name }) => name).toSorted())
})

function cells({ name, expected }: AgentFixture): readonly string[] {
  const { exit, outcome, session, sessionRefused, turns, tokens, tokensScope, costUsd, costScope } = expected
  const ended = exit.signal ?? String(exit.code)
  const counts = `${tokens.input} ${tokens.output} ${tokens.cacheRead} ${tokens.cacheWrite}`
  return [
    name,
    ended,
    sessionRefused ? `${outcome}, session refused` : outcome,
    session === undefined ? '' : `\`${session}\``,
    String(turns),
    tokensScope === 'session' ? `*${counts}*` : counts,
    costUsd === undefined ? '' : costScope === 'session' ? `*$${costUsd}*` : `$${costUsd}`,
    expected.writes.map((path) => `\`${path}\``).join(', '),
    expected.about.replaceAll('|', '\\|').replaceAll('\n', ' '),
  ]
}

function rows(lines: readonly (readonly string[])[]): string {
  return lines.map((line) => `| ${line.join(' | ')} |`.replaceAll(/ {2,}/gu, ' ')).join('\n')
}
