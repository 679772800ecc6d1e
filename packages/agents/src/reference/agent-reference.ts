import type { AgentAdapter } from '../contract.js'
import { PRESETS } from '../presets/index.js'
import type { Preset } from '../presets/preset.js'

/**
 * The reference page of agents as Markdown: what each adapter can do, how it is installed, and what its names mean.
 *
 * @param adapters in the order they are listed
 */
export function renderAgentReference(adapters: readonly AgentAdapter[]): string {
  const own = adapters.filter(({ name }) => !PRESETS.some((preset) => preset.name === name))
  return `${[
    '# Agents',
    '<!-- Made from the adapters: npx vitest run packages/engine/test/situations -u brings it up to date. -->',
    'What the built-in adapters can do. `gump models` shows the same for this machine, `gump doctor` what is installed.',
    table(
      ['agent', 'program', 'verified with', 'resumes', 'own turn limit', 'cost', 'tokens', 'prompt'],
      own.map(capabilityRow),
    ),
    COLUMNS,
    OPEN_ENDED,
    '## Presets',
    PRESETS_INTRO,
    table(['agent', 'program', 'runs as', 'model', 'environment', 'run with Gump'], PRESETS.map(presetRow)),
    PRESETS.map(({ name, known, source }) => `- \`${name}\`: ${known.join(' ')} <${source}>`).join('\n'),
    '## Install and sign in',
    table(
      ['agent', 'install', 'sign in'],
      adapters.flatMap(({ name, detection }) =>
        detection === null ? [] : [[code(name), code(detection.install), cell(detection.login)]],
      ),
    ),
    '## Models',
    MODELS,
    table(
      ['name', 'model'],
      adapters.flatMap(({ name, models }) =>
        Object.entries(models.aliases).map(([alias, model]) => [code(`${name}-${alias}`), code(model)]),
      ),
    ),
  ].join('\n\n')}\n`
}

const COLUMNS = `- *verified with*: versions whose streams are recorded and replayed in the tests; others are tried; \`gump doctor\` and \`--dry-run\` say so.
- *resumes*: a retry or a later step can continue in the same session.
- *own turn limit*: the program itself stops after N turns; the \`max_turns\` guard works with every agent.
- *cost*: \`native\` comes from the program, \`estimated\` is tokens times a price, \`unknown\` is neither: a budget cannot be enforced.
- *tokens*: \`live\` after every message, \`final\` at the end only, \`none\` never.`

const OPEN_ENDED = `Agents that are made of a name:

- \`acp:<command>\`, such as \`acp:gemini --acp\` or \`acp:opencode acp\`: any agent that speaks the Agent Client Protocol. Where
  it tells the cost of its session, that cost is \`native\`, and shown as "at least": what an agent spends beside the session, on a
  title for instance, it does not tell. In the \`strict\` sandbox the programs of this page, and the bridges
  \`claude-agent-acp\` and \`codex-acp\`, can write to their own folders; those of others have to be in \`[sandbox] writable\`.
- \`command:<name>\`: a program of \`[agents.NAME]\` in \`gump.toml\`. The table is about \`format = "jsonl"\`; with \`text\` its exit
  code is the verdict, errors on stderr or at the end of its output say why it failed, and neither tokens nor cost are known.
- \`scripted:<file>\` plays a YAML script, \`replay\` a recorded run, and \`pass\` skips the agent of a step.

OpenCode and pi tell the cost of models they know a price for; for others it is estimated. Copilot and Kimi
Code print no tokens, and Codex only those of a whole turn, without its sub-agents: Gump reads them, while the agent works,
from the files that it keeps of the session.`

const PRESETS_INTRO = `Programs without an adapter of their own, under their names: Gump runs them as \`acp:\` or \`command:\` would, without any
configuration. Those that run as \`command\` print text: their exit code is the verdict, a session cannot be continued, and neither tokens nor
cost are known. \`[agents.NAME] executable\` names another program. *Not verified* means that nobody has run the program with Gump; what stands
here is what its maker describes.`

const MODELS = `\`<agent>-<suffix>\` asks for a model: a suffix of this table stands for the model beside it, any other is passed on as
the model's id. \`[models]\` in \`gump.toml\` overrides the table, an agent without a suffix leaves the choice to the program.`

function capabilityRow(adapter: AgentAdapter): readonly string[] {
  const { capabilities, detection, withArgument } = adapter
  const name = withArgument === undefined ? adapter.name : `${adapter.name}:…`
  return [
    code(name),
    detection === null ? '–' : code(detection.command),
    detection === null ? '–' : cell(detection.verified.join(', ') || 'its published format'),
    yes(capabilities.resume),
    yes(capabilities.maxTurns),
    costOf(adapter),
    capabilities.usage,
    capabilities.stdinPrompt ? 'stdin' : 'argument or file',
  ]
}

function presetRow(preset: Preset): readonly string[] {
  const { name, displayName, runs, command, model, keys, verified } = preset
  return [
    code(name),
    displayName,
    `${runs}: ${code(command)}`,
    cell(model),
    keys.length === 0 ? '–' : keys.map(code).join(', '),
    cell(verified.join(', ') || 'not verified'),
  ]
}

function costOf({ capabilities }: AgentAdapter): string {
  if (capabilities.nativeCost) return 'native'
  return capabilities.usage === 'none' ? 'unknown' : 'estimated'
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no'
}

function code(text: string): string {
  return `\`${cell(text)}\``
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
