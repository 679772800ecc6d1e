import { builtinAgents, renderAgentReference } from '@gump/agents'
import { expect, test } from 'vitest'
import { type Kind, KINDS } from './kinds.js'
import { programSituations } from './program-situations.js'
import { everyAdapter } from './every-adapter.js'
import { streamSituations } from './stream-situations.js'

const FILES = {
  adapters: 'every-adapter.ts',
  streams: 'stream-situations.ts',
  programs: 'program-situations.ts',
} as const

interface Shown {
  readonly kind: Kind
  readonly agent: string
  readonly by: keyof typeof FILES
}

const name = (agent: string): string => (/^"?acp:|^acp$/u.test(agent) ? 'acp:…' : agent)
const shown: readonly Shown[] = [
  ...streamSituations.map(({ kind, adapter }) => ({
    kind,
    agent: name(adapter.name),
    by: 'streams' as const,
  })),
  ...everyAdapter.map(({ kind, adapter }) => ({ kind, agent: name(adapter.name), by: 'adapters' as const })),
  ...programSituations.map(({ kind, agent }) => ({ kind, agent: name(agent), by: 'programs' as const })),
]

const intro = `## In trouble

Programs hang, run out of quota, lose sessions and refuse. The table says what Gump does then, with each agent, and counts the situations that a
test shows: ${shown.length} in all. The tests are in \`packages/engine/test/situations\`. \`every-adapter.ts\` puts the same situations into the words of
each program, \`stream-situations.ts\` adds those that only some know, and the programs of \`program-situations.ts\` stand on PATH in place of the
agent's and are run. What a message means is decided in one place for all agents, by fields, then by words, then by
what is on stderr, and only of launches that failed: \`texts.ts\` and \`wordings.ts\` in
\`packages/agents/test/failures\` have what programs and providers say.

A dash stands where there is nothing to show: only Claude Code tells of work in the background; Gemini CLI and Kimi Code count their sub-agents, and pi has none;
the Agent Client Protocol tells no tokens. OpenCode has no event for its end, so its exit code is a part of the verdict. It tells of a tool when it
has ended: a long one counts as silence there, and \`max_idle\` has to allow for it.`

function table(): string {
  const agents = [...new Set(shown.map(({ agent }) => agent))].toSorted()
  const rows = (Object.keys(KINDS) as Kind[]).map((kind) => {
    const own = shown.filter((one) => one.kind === kind)
    const marks = agents.map((agent) => String(own.filter((one) => one.agent === agent).length || '–'))
    const by = [...new Set(own.map((one) => `\`${FILES[one.by]}\``))].toSorted().join(', ')
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
