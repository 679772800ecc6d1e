import { usageError } from '../usage-error.js'
import type { RunCommandOptions } from './options.js'

/** What was given, and in which places. */
type Given = Pick<RunCommandOptions, 'target' | 'second' | 'spec' | 'workflow'>

/**
 * Which workflow on which spec: `run WORKFLOW --spec FILE`, `run SPEC --workflow WORKFLOW`, `run WORKFLOW SPEC` in
 * either order, or flags alone.
 */
export function orient(given: Given): { readonly workflow: string; readonly spec?: string } {
  const { workflow, spec } = orientAgain(given)
  if (workflow === undefined) {
    throw usageError(
      spec === undefined ? 'which workflow should run?' : `which workflow should run on ${spec}?`,
      'run',
    )
  }
  return spec === undefined ? { workflow } : { workflow, spec }
}

/** The same for a replay, where what is not given stays as it was. */
export function orientAgain(given: Given): { readonly workflow?: string; readonly spec?: string } {
  const words = [given.target, given.second].filter((word) => word !== undefined)
  const specs = [...words.filter(isSpec), ...(given.spec === undefined ? [] : [given.spec])]
  const workflows = [
    ...words.filter((word) => !isSpec(word)),
    ...(given.workflow === undefined ? [] : [given.workflow]),
  ]
  // A spec need not end in .md: with --workflow, a lone word can be nothing else.
  if (given.workflow !== undefined && workflows.length === 2 && specs.length === 0) {
    specs.push(...workflows.splice(0, 1))
  }
  // Nor does it when it comes behind the workflow.
  if (given.workflow === undefined && workflows.length === 2 && specs.length === 0) {
    specs.push(...workflows.splice(1, 1))
  }
  const [workflow] = workflows
  const [spec] = specs
  if (specs.length > 1) throw usageError(`two specs are given, ${specs.join(' and ')}`, 'run')
  if (workflows.length > 1) throw usageError(`two workflows are given, ${workflows.join(' and ')}`, 'run')
  return { ...(workflow === undefined ? {} : { workflow }), ...(spec === undefined ? {} : { spec }) }
}

function isSpec(word: string): boolean {
  return /\.(?:md|markdown)$/iu.test(word)
}
