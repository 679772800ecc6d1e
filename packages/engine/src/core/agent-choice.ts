import type { RunOptions } from '@gump/ledger'
import type { Step, TemplateText } from '@gump/schema'
import type { Frame } from './frame.js'
import { renderInline } from './values.js'
import type { Walk } from './visit/walk.js'

/** The agent of a step or of a retry entry: override, template, default, and whoever stands in for it. */
export function agentOf(walk: Walk, frame: Frame, step: Step, agent: TemplateText | undefined): string {
  const { options } = walk.state
  if (agent?.text === 'pass') return 'pass'
  const named =
    options.agent_override ??
    (agent === undefined ? options.default_agent : renderInline(walk, frame, step, agent.text))
  return standInFor(options, named)
}

/** Who works when this agent is named. */
export function standInFor({ agent_aliases }: Pick<RunOptions, 'agent_aliases'>, named: string): string {
  const standIn = Object.hasOwn(agent_aliases, named) ? agent_aliases[named] : undefined
  return standIn ?? named
}
