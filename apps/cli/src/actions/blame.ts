import type { RunReader } from '@gump/engine'
import { isGumpError } from '@gump/errors'
import { renderPlainTable, type StepReport, summarise } from '@gump/report'

import { type BlamedLine, blameLines, readTrailers } from '../blame/git-lines.js'
import { openReader } from '../compose/open-reader.js'
import { type CliContext, tableWidth } from '../context.js'
import { json } from '../display/json.js'
import { exitCodes } from '../exit-codes.js'
import { requireRepository } from '../repository.js'
import { pathFromRoot } from '../run/path-from-root.js'

/** Where a line came from, as far as its commit and the ledger tell. */
interface Origin {
  readonly run: string
  readonly alias: string | null
  readonly step: string | null
  readonly task: string | null
  readonly agent: string | null
  readonly attempt: number | null
  readonly costUsd: number | null
  /** It was more than that. */
  readonly costAtLeast: boolean
  /** Results of the gates that let it pass; empty when the run's ledger is gone. */
  readonly gates: readonly { readonly gate: string; readonly status: string }[]
}

export async function blame(
  context: CliContext,
  options: { readonly file: string; readonly json: boolean },
): Promise<number> {
  const root = requireRepository(context.cwd)
  const [, name = options.file, line] = /^(.*):(\d+)$/u.exec(options.file) ?? []
  const lines = await blameLines(
    root,
    pathFromRoot(root, context.cwd, name),
    line === undefined ? null : Number(line),
  )
  const origins = await findOrigins(context, root, lines)
  if (options.json) {
    context.stdout.write(
      json(lines.map((blamed) => ({ ...blamed, origin: origins.get(blamed.commit) ?? null }))),
    )
    return exitCodes.passed
  }
  const rows = lines.map(({ line: number, commit, author, text }) => [
    String(number),
    ...describe(origins.get(commit), commit, author),
    text,
  ])
  context.stdout.write(
    renderPlainTable([['LINE', 'RUN', 'STEP', 'AGENT', 'COST', 'TEXT'], ...rows], tableWidth(context)),
  )
  return exitCodes.passed
}

async function findOrigins(
  context: CliContext,
  root: string,
  lines: readonly BlamedLine[],
): Promise<ReadonlyMap<string, Origin>> {
  const trailers = await readTrailers(root, [...new Set(lines.map(({ commit }) => commit))])
  const reader = await openReader(context)
  const steps = new Map<string, Promise<RunFacts>>()
  try {
    const found = new Map<string, Origin>()
    for (const [commit, values] of trailers) {
      const run = values['Gump-Run']
      if (run === undefined) continue
      const facts = steps.get(run) ?? factsOf(reader, run)
      steps.set(run, facts)
      found.set(commit, origin(run, values, await facts))
    }
    return found
  } finally {
    await reader.close()
  }
}

interface RunFacts {
  readonly alias: string | null
  readonly steps: readonly StepReport[]
}

/** A run that was removed still has its commits. */
async function factsOf(reader: RunReader, run: string): Promise<RunFacts> {
  try {
    const { alias, steps } = summarise(await reader.events(run))
    return { alias, steps }
  } catch (error) {
    if (!isGumpError(error)) throw error
    return { alias: null, steps: [] }
  }
}

function origin(run: string, values: Readonly<Record<string, string>>, facts: RunFacts): Origin {
  const number = (key: string) => (values[key] === undefined ? null : Number(values[key]))
  const step = values['Gump-Step'] ?? null
  const report = facts.steps.find(({ path }) => path === step)
  return {
    run,
    alias: facts.alias,
    step,
    task: values['Gump-Task'] ?? null,
    agent: values['Gump-Agent'] ?? null,
    attempt: number('Gump-Attempt'),
    costUsd: number('Gump-Cost-USD'),
    costAtLeast: values['Gump-Cost-At-Least'] === 'true',
    gates: (report?.gates ?? []).map(({ gate, status }) => ({ gate, status })),
  }
}

function describe(from: Origin | undefined, commit: string, author: string): readonly string[] {
  if (from === undefined) return [commit.slice(0, 12), '–', author, '–']
  const attempt = from.attempt === null ? '' : ` attempt ${from.attempt}`
  const gates = from.gates.map(({ gate, status }) => `${gate} ${{ pass: '✓', fail: '✗' }[status] ?? status}`)
  return [
    from.alias ?? from.run,
    `${from.step ?? '–'}${gates.length === 0 ? '' : ` (${gates.join(' ')})`}`,
    from.agent === null ? '–' : `${from.agent}${attempt}`,
    from.costUsd === null ? '–' : `${from.costAtLeast ? 'at least ' : ''}$${from.costUsd.toFixed(2)}`,
  ]
}
