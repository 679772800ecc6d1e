import type { ToolKind } from '../contract.js'

/** What a turn was mostly about. */
export type TurnLabel =
  | 'exploration'
  | 'coding'
  | 'writing'
  | 'execution'
  | 'planning'
  | 'reasoning'
  | 'reviewing'
  | 'mixed'

/** One tool use of a turn. `target` is its path or command. */
export interface TurnAction {
  readonly kind: ToolKind
  readonly tool: string
  readonly target?: string
  readonly ok?: boolean
}

const PROSE = /\.(?:md|mdx|markdown|txt|rst|adoc|asciidoc|org)$/i
const PLAN_OUTPUT = /(?:^|\/)\.gump\/out\/plan\.json$/
const VERDICT_OUTPUT = /(?:^|\/)\.gump\/out\/validate\.json$/
// Todo lists and plans: Claude Code, Codex, Gemini CLI, Qwen Code, OpenCode.
const PLANNING_TOOLS: ReadonlySet<string> = new Set([
  'todowrite',
  'todo_write',
  'write_todos',
  'todo_list',
  'update_plan',
  'exitplanmode',
  'exit_plan_mode',
  'taskcreate',
  'taskupdate',
])
// A shell around the command, as Codex reports it: /bin/bash -lc '…'.
const SHELL_WRAPPER = /^\S*\/?(?:ba|z|da)?sh\s+-\w*c\s+["']?/
const LOOKING = /^(?:ls|cat|head|tail|less|find|fd|grep|rg|ag|tree|wc|file|stat|pwd|which)\b/
const INSPECTING = /^git\s+(?:--no-pager\s+)?(?:diff|show|log|blame|status)\b/

/**
 * The label of a turn, from its tools alone: the same actions always get the same label. A turn without tools is
 * `reasoning`; a label must cover more than half of the actions, otherwise the turn is `mixed`.
 */
export function labelTurn(actions: readonly TurnAction[]): TurnLabel {
  if (actions.length === 0) return 'reasoning'
  const counts = new Map<TurnLabel, number>()
  for (const action of actions) {
    const label = labelAction(action)
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  for (const [label, count] of counts) if (count * 2 > actions.length) return label
  return 'mixed'
}

function labelAction(action: TurnAction): TurnLabel {
  if (PLANNING_TOOLS.has(action.tool.toLowerCase())) return 'planning'
  const target = action.target ?? ''
  switch (action.kind) {
    case 'read':
    case 'search':
      return 'exploration'
    case 'write':
    case 'edit':
      if (PLAN_OUTPUT.test(target)) return 'planning'
      if (VERDICT_OUTPUT.test(target)) return 'reviewing'
      return PROSE.test(target) ? 'writing' : 'coding'
    case 'shell':
      return labelCommand(target.slice(0, 1000))
    default:
      return 'execution'
  }
}

function labelCommand(target: string): TurnLabel {
  const command = target.replace(SHELL_WRAPPER, '')
  if (INSPECTING.test(command)) return 'reviewing'
  return LOOKING.test(command) ? 'exploration' : 'execution'
}
