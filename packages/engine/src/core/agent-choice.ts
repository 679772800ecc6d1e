import type { Step, TemplateText } from '@gump/schema'
import type { Frame } from './frame.js'
import { renderInline } from './values.js'
import type { Walk } from './visit/walk.js'

/** The agent of a step or of a retry entry: override, template, default, and whoever stands in for it. */
export function agentOf(walk: Walk, frame: Frame, step: Step, agent: TemplateText | undefined): string {
  const { agent_override, agent_aliases, default_agent } = walk.state.options
  if (agent?.text === 'pass') return 'pass'
  const named =
    agent_override ?? (agent === undefined ? default_agent : renderInline(walk, frame, step, agent.text))
  const standIn = Object.hasOwn(agent_aliases, named) ? agent_aliases[named] : undefined
  return standIn ?? named
}
