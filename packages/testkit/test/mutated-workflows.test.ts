import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { builtinAgents } from '@gump/agents'
import { checkWorkflow, defaultSettings } from '@gump/engine'
import { formatDiagnostics } from '@gump/errors'
import { cascade, memoryPlaybook } from '@gump/schema'
import { playbook } from '@gump/workflows'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

const corpus = fileURLToPath(new URL('../../schema/test/fixtures/', import.meta.url))
const texts = ['valid', 'invalid'].flatMap((kind) =>
  readdirSync(corpus + kind)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(`${corpus}${kind}/${name}`, 'utf8')),
)
const agents = builtinAgents()
const numRuns = process.env['CI'] === undefined ? 300 : 3000

const piece = fc.constantFrom(
  '{a.output}',
  '{item.name}',
  '{steps.a.diff}',
  '{gate.test.error}',
  '{state.a}',
  '{build/x/a}',
  '{{',
  '}',
  '{spce}',
  'name: a\n',
  "bash: echo '{a}'\n",
  'workflow: tdd',
  'foreach: a',
  'steps:\n',
  'each:\n',
  '  ',
  '\n',
  '- ',
)
const change = fc.record({ at: fc.nat(), remove: fc.nat(8), insert: piece, twice: fc.boolean() })

/** Puts pieces into a text, cuts others out, and says whole lines twice. */
function changed(
  text: string,
  changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
) {
  return changes.reduce((result, { at, remove, insert, twice }) => {
    const lines = result.split('\n')
    const line = at % lines.length
    if (twice) return lines.toSpliced(line, 0, ...lines.slice(line, line + 1 + remove)).join('\n')
    const start = at % (result.length + 1)
    return result.slice(0, start) + insert + result.slice(start + remove)
  }, text)
}

it('any changed workflow is checked to the end, and every problem has a place in its file', async () => {
  const text = fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([text, changes]) => changed(text, changes))
  await fc.assert(
    fc.asyncProperty(text, async (text) => {
      const own = memoryPlaybook({ origin: 'project', workflows: [{ ref: 'x', text }] })
      const { diagnostics, texts } = await checkWorkflow('x', {
        playbook: cascade([own, playbook]),
        vocabulary: {},
        agents,
        settings: defaultSettings,
      })
      for (const { file, range } of diagnostics) {
        expect(range!.end.offset).toBeLessThanOrEqual(texts[file!]!.length + 1)
        expect(range!.start.line).toBe(texts[file!]!.slice(0, range!.start.offset).split('\n').length)
      }
      formatDiagnostics(diagnostics, texts)
    }),
    { numRuns, seed: Number(process.env['FUZZ_SEED'] ?? 20_261_121) },
  )
}, 120_000)
