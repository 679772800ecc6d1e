import { escapeControl, isGumpError, plural, remedySentence } from '@gump/errors'

import type { Configuration } from '../config/configuration.js'
import { configured } from '../configured.js'
import type { CliContext } from '../context.js'
import { json } from '../display/json.js'
import { examineAgents } from '../doctor/agents.js'
import type { Finding, Surroundings } from '../doctor/finding.js'
import { examineGates } from '../doctor/gates.js'
import { examineMachine } from '../doctor/machine.js'
import { examineRepository } from '../doctor/repository.js'
import { examineRuns } from '../doctor/runs.js'
import { examineWorkflows } from '../doctor/workflows.js'
import { exitCodes } from '../exit-codes.js'
import { printError } from '../print-error.js'
import { repositoryRoot } from '../repository.js'

const examinations = [
  examineMachine,
  examineRepository,
  examineRuns,
  examineGates,
  examineAgents,
  examineWorkflows,
]

export async function doctor(
  context: CliContext,
  options: { readonly json: boolean; readonly try: boolean },
): Promise<number> {
  const { config, finding } = await examineConfiguration(context, options.json)
  const surroundings: Surroundings = {
    context,
    config,
    root: repositoryRoot(context.cwd),
    tryGates: options.try,
  }
  const results = await Promise.all(examinations.map((examine) => examine(surroundings)))
  const [machine = [], repository = [], ...rest] = results
  const findings = [...machine, ...repository, finding, ...rest.flat()]
  context.stdout.write(options.json ? json(findings) : render(context, findings))
  return findings.some(({ status }) => status === 'broken') ? exitCodes.failed : exitCodes.passed
}

async function examineConfiguration(
  context: CliContext,
  quiet: boolean,
): Promise<{ readonly config: Configuration | null; readonly finding: Finding }> {
  const base = { area: 'configuration', name: 'configuration' } as const
  try {
    const config = await configured(context)
    const given = config.settings.filter(({ source }) => source !== 'default')
    // A place is a file with its line, or the name of a variable.
    const files = new Set(
      given.flatMap(({ where }) => where.split(' + ')).map((place) => place.replace(/:\d+$/u, '')),
    )
    const detail = files.size === 0 ? 'defaults only' : `from ${[...files].join(', ')}`
    return { config, finding: { ...base, status: 'ok', detail } }
  } catch (error) {
    if (!isGumpError(error)) throw error
    if (!quiet) printError(context, error)
    const remedy = 'Correct what is shown above; gump config list shows all keys.'
    return { config: null, finding: { ...base, status: 'broken', detail: error.message, remedy } }
  }
}

const marks = {
  ok: ['✓', 32],
  untried: ['○', 2],
  absent: ['·', 2],
  warning: ['!', 33],
  broken: ['✗', 31],
} as const

function render(context: CliContext, findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length))
  const lines = findings.flatMap(({ status, name, detail, remedy }) => {
    const [mark, style] = marks[status]
    const shown = context.color ? `\u001b[${style}m${mark}\u001b[0m` : mark
    return [
      `${shown} ${escapeControl(name).padEnd(width)}  ${escapeControl(detail)}`,
      ...(remedy === undefined ? [] : [`  ${' '.repeat(width)}  ${remedySentence(remedy)}`]),
    ]
  })
  const broken = findings.filter(({ status }) => status === 'broken').length
  const end = broken === 0 ? 'Ready.' : `${plural(broken, 'thing')} to repair.`
  return `${lines.join('\n')}\n\n${end}\n`
}
