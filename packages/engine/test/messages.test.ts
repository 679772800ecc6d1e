import { parseAgentScript, scripted } from '@gump/agents'
import { checkWorkflow, defaultSettings } from '@gump/engine'
import { formatDiagnostics } from '@gump/errors'
import { memoryPlaybook } from '@gump/schema'
import { expect, test } from 'vitest'

const review = `name: review
steps:
  - {name: verdict, type: validate, agent: "{agent}", prompt: "{diff} {focus}"}
`

/** Workflows whose names and agents are wrong, by the name of the file that holds what a person sees. */
const mistakes: Readonly<Record<string, string>> = {
  'variable-unknown': `name: variable-unknown
steps:
  - name: implement
    agent: claude
    prompt: |
      Correct what the tests found:
      {implment.gate.test.error}
    gate: [test]
`,
  'variable-ambiguous': `name: variable-ambiguous
steps:
  - {name: first, steps: [{name: check, agent: claude, prompt: go}]}
  - {name: second, steps: [{name: check, agent: claude, prompt: go}]}
  - {name: last, agent: claude, prompt: "{check.comments}"}
`,
  'variable-in-single-quotes': `name: variable-in-single-quotes
steps:
  - name: quality
    gate:
      - bash: grep -q '{spec}' CHANGES.md
`,
  'variable-of-a-later-step': `name: variable-of-a-later-step
steps:
  - {name: implement, agent: claude, prompt: "{review.comments}"}
  - {name: review, type: validate, agent: claude}
`,
  'input-not-given': `name: input-not-given
steps:
  - name: implement
    agent: claude
    prompt: "{spec}"
    gate:
      - validate: review
        agent: claude
`,
  'input-like-a-name': `name: input-like-a-name
steps:
  - {name: implement, agent: claude, prompt: "{spce}"}
`,
  'agent-unknown': `name: agent-unknown
steps:
  - {name: implement, agent: cluade, prompt: "{spec}"}
`,
}

// What a person sees on a terminal of 80 columns; vitest -u writes the files.
test.each(Object.entries(mistakes))('%s', async (ref, text) => {
  const workflows = [
    { ref, text },
    { ref: 'review', text: review },
  ]
  const { diagnostics, texts } = await checkWorkflow(ref, {
    playbook: memoryPlaybook({ origin: 'project', workflows }),
    vocabulary: {},
    agents: [scripted(parseAgentScript('- do: [turn]', 'agents.yaml'), { name: 'claude' })],
    settings: defaultSettings,
  })
  const shown = formatDiagnostics(diagnostics, texts, { width: 80 })
  await expect(`${shown}\n`).toMatchFileSnapshot(`fixtures/messages/${ref}.txt`)
})
