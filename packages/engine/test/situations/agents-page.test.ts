import { builtinAgents, renderAgentReference } from '@gump/agents'
import { expect, test } from 'vitest'
import { type Kind, KINDS } from './kinds.js'
import { programSituations } from './program-situations.js'
import { streamSituations } from './stream-situations.js'

interface Shown {
  readonly kind: Kind
  readonly agent: string
  readonly by: string
}

const name = (agent: string): string => (/^"?acp:|^acp$/u.test(agent) ? 'acp:…' : agent)
const shown: readonly Shown[] = [
  ...streamSituations.map(({ kind, adapter }) => ({ kind, agent: name(adapter.name), by: 'streams' })),
  ...programSituations.map(({ kind, agent }) => ({ kind, agent: name(agent), by: 'programs' })),
]

const intro = `## In trouble

Programs hang, run out of quota, lose sessions and refuse. What Gump does then, with which agents tests show it, and in how many situations:
\`streams\` are read by the adapters (\`packages/engine/test/situations/stream-situations.ts\`), \`programs\` stand on PATH in place of the agent's
and are run (\`program-situations.ts\` beside it). What a message means is decided in one place for all agents, by fields, then by words, then by
what is on stderr, and only of launches that failed (\`packages/agents/test/failures/texts.ts\` has what programs and providers say); a rule holds
for agents without a mark in its row as well, as far as their streams tell.

OpenCode tells of a tool when it has ended: a long one counts as silence there, and \`max_idle\` has to allow for it.`

function table(): string {
  const agents = [...new Set(shown.map(({ agent }) => agent))].toSorted()
  const rows = (Object.keys(KINDS) as Kind[]).map((kind) => {
    const own = shown.filter((one) => one.kind === kind)
    const marks = agents.map((agent) => String(own.filter((one) => one.agent === agent).length || ''))
    const by = [...new Set(own.map((one) => `\`${one.by}\``))].toSorted().join(', ')
    return [KINDS[kind].what, KINDS[kind].does, ...marks, by]
  })
  const heading = ['situation', 'what Gump does', ...agents.map((agent) => `\`${agent}\``), 'shown by']
  return [heading, heading.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

test('docs/agents.md is up to date; vitest -u writes it', async () => {
  const page = `${renderAgentReference(builtinAgents()).trimEnd()}\n\n${intro}\n\n${table().replaceAll(/ {2,}/gu, ' ')}\n`
  await expect(page).toMatchFileSnapshot('../../../../docs/agents.md')
})

test('every kind of trouble is shown by a test', () => {
  const kinds = new Set(shown.map(({ kind }) => kind))
  expect([...kinds].toSorted()).toEqual(Object.keys(KINDS).toSorted())
})
