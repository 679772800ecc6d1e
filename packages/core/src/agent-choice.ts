import { standInFor } from '@gump/history'
import type { Step, TemplateText } from '@gump/schema'
import type { Frame } from './frame.js'
import { renderInline } from './values.js'
import type { Walk } from './visit/walk.js'

/** The agent of a step or of a retry entry: override, template, default, and its stand-in. */
export function agentOf(walk: Walk, frame: Frame, step: Step, agent: TemplateText | undefined): string {
  const { options } = walk.state
  if (agent?.text === 'pass') return 'pass'
  const named =
    options.agent_override ??
    (agent === undefined ? options.default_agent : renderInline(walk, frame, step, agent.text))
  return standInFor(options, named)
}
