import { isAbsolute, normalize } from 'node:path'

import type { Engine, Run } from '@gump/engine'
import { GumpError } from '@gump/errors'

import { textOf, type Tool, type ToolArguments } from './tool.js'

/** What a run that is asked for here has in common with one of the command line. */
export interface RunSurroundings {
  /** Called when a run has ended. */
  readonly ended: (run: Run) => Promise<void>
}

/** Starts runs and keeps hold of those in progress, so that they can be stopped when the connection ends. */
export function createRunTool(
  going: Map<Run, Promise<void>>,
  engineToRun: () => Promise<Engine>,
  { ended }: RunSurroundings,
): Tool {
  return {
    name: 'run',
    description:
      'Starts a Gump workflow in this repository and returns at once; agents work in a worktree of their own. Ask status for how it goes.',
    inputSchema: {
      type: 'object',
      properties: {
        workflow: { type: 'string', description: 'Name or path of the workflow.' },
        spec: { type: 'string', description: 'Path of the Markdown spec, in the repository.' },
        inputs: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'Inputs of the workflow.',
        },
        agent: { type: 'string', description: 'Agent for every step.' },
        max_budget_usd: {
          type: 'number',
          exclusiveMinimum: 0,
          description: 'How much the run may cost, in USD.',
        },
      },
      required: ['workflow'],
    },
    call: async (_looking, given) => {
      const workflow = textOf(given, 'workflow')
      if (workflow === undefined)
        throw new GumpError('GUMP-C005', 'workflow is missing', { remedy: 'Name a workflow.' })
      const spec = textOf(given, 'spec')
      if (spec !== undefined) refuseOutside(spec)
      const agent = textOf(given, 'agent')
      const engine = await engineToRun()
      const asked = {
        workflow,
        inputs: inputsOf(given),
        ...(spec === undefined ? {} : { spec }),
        ...(agent === undefined ? {} : { agent }),
        ...budgetOf(given),
      }
      const run = await engine.start(asked)
      const over = run.result.then(
        () => ended(run),
        () => {},
      )
      going.set(
        run,
        over.finally(() => going.delete(run)),
      )
      return JSON.stringify({ run: run.id, alias: run.alias })
    },
  }
}

/** A client may be an agent: what it names is sent to another one. */
function refuseOutside(spec: string): void {
  const path = normalize(spec)
  if (!isAbsolute(path) && path !== '..' && !path.startsWith('../')) return
  throw new GumpError('GUMP-C005', `the spec ${spec} is outside the repository`, {
    data: { spec },
    remedy: 'Name a file of the repository, by its path relative to it.',
  })
}

function inputsOf(given: ToolArguments): Readonly<Record<string, string>> {
  const { inputs } = given
  if (typeof inputs !== 'object' || inputs === null) return {}
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)]))
}

function budgetOf(given: ToolArguments): { readonly maxBudget?: number } {
  const { max_budget_usd: budget } = given
  if (budget === undefined) return {}
  if (typeof budget === 'number' && budget > 0) return { maxBudget: budget }
  throw new GumpError('GUMP-C005', 'max_budget_usd wants a number of USD above 0', {
    remedy: 'Leave it out, or raise it.',
  })
}
