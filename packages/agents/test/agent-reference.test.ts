import { builtinAgents, renderAgentReference } from '@gump/agents'
import { expect, test } from 'vitest'

test('docs/agents.md is up to date; vitest -u writes it', async () => {
  await expect(renderAgentReference(builtinAgents())).toMatchFileSnapshot('../../../docs/agents.md')
})
