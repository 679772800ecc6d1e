import { formatDiagnostics } from '@gump/errors'
import { parseWorkflow } from '@gump/schema'
import { expect, test } from 'vitest'
import { corpus } from './corpus.js'

const invalid = new Map((await corpus('invalid')).map(({ source }) => [source.ref, source]))

// What a person sees on a terminal of 80 columns; vitest -u writes the files.
test.each([
  'context-bare-text',
  'first-versions',
  'first-versions-unmarked',
  'gate-unknown',
  'get-workflow-near-key',
  'guard-time-twice',
  'many-problems',
  'mixed-earlier-first',
  'retry-ambiguous-alias',
  'retry-no-exit',
  'restart-inside-deeper',
  'retry-unknown-gate',
  'root-timeout-number',
  'session-from-outside-task',
  'step-agent-and-workflow',
  'step-agent-forgotten',
  'step-each-empty',
  'step-guard-name-as-key',
  'step-name-blank',
  'step-split-without-each',
  'v3-strategy-unknown',
  'yaml-bad-indent',
  'yaml-colon-in-text',
  'yaml-glob-as-alias',
  'yaml-glob-with-braces',
  'yaml-quote-in-quotes',
  'yaml-template-and-text',
  'yaml-unclosed-bracket',
  'yaml-unclosed-quote',
  'yaml-value-and-block',
])('%s', async (name) => {
  const source = invalid.get(name)!
  const shown = formatDiagnostics(
    parseWorkflow(source).diagnostics,
    { [source.file]: source.text },
    { width: 80 },
  )
  await expect(`${shown}\n`).toMatchFileSnapshot(`fixtures/messages/${name}.txt`)
})
