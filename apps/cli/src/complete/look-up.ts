import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'
import type { Candidate, Situation } from './situation.js'

/** The values of a kind. What one kind needs is loaded for it alone: a person waits for the answer. */
export async function lookUp(context: CliContext, situation: Situation): Promise<readonly Candidate[]> {
  switch (situation.kind) {
    case 'free':
    case 'files':
      return []
    case 'workflows':
    case 'workflows or files': {
      const { workflowNames } = await import('./workflows.js')
      return await workflowNames(context)
    }
    case 'runs': {
      const { runNames } = await import('./runs.js')
      return await runNames(context)
    }
    case 'steps':
      return await steps(context, situation)
    case 'agents': {
      const { agentNames } = await import('./agents.js')
      return agentNames(await configuration(context))
    }
    case 'plugins':
      return ((await configuration(context))?.list('plugins', 'packages') ?? []).map((word) => ({ word }))
    case 'keys': {
      const { configurationKeys } = await import('./configuration.js')
      return configurationKeys(await configuration(context))
    }
    case 'values': {
      const { configurationValues } = await import('./configuration.js')
      return configurationValues(situation.given['key'] ?? '', await configuration(context))
    }
  }
}

/** Steps of a run where one is looked at or continued, of the workflow where a run is started. */
async function steps(
  context: CliContext,
  { command, flags, given }: Situation,
): Promise<readonly Candidate[]> {
  const starts = command?.words[0] === 'run' && !('resume' in flags) && !('replay' in flags)
  if (!starts) {
    const { stepsOfRun } = await import('./runs.js')
    return await stepsOfRun(context, flags['run'] ?? given['run'] ?? 'latest')
  }
  const { stepsOfWorkflow } = await import('./workflows.js')
  return await stepsOfWorkflow(context, flags['workflow'] ?? given['workflow'] ?? '')
}

/** null: it has mistakes, which other commands show. */
async function configuration(context: CliContext): Promise<Configuration | null> {
  const { loadConfiguration } = await import('../config/load.js')
  const { repositoryRoot } = await import('../repository.js')
  const places = { root: repositoryRoot(context.cwd), home: context.home, env: context.env }
  return await loadConfiguration(places).catch(() => null)
}
