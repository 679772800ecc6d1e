/** A command as the overview lists it. */
export interface ListedCommand {
  readonly name: string
  readonly summary: string
}

/** What the commands are for, in the order in which a new user needs them. */
const groups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: 'Work', names: ['run', 'apply', 'cancel', 'gc'] },
  { title: 'Look', names: ['status', 'runs', 'logs', 'report', 'stats', 'blame', 'path'] },
  {
    title: 'Prepare',
    names: ['init', 'doctor', 'playbook', 'config', 'models', 'trust', 'schema', 'completion', 'mcp'],
  },
]

/**
 * The overview that `gump --help` prints. It is made without the command line framework, so that it costs no more than
 * starting Node; the help of a single command comes from the framework.
 */
export function rootHelp(
  commands: readonly ListedCommand[],
  options: { readonly color: boolean; readonly columns: number },
): string {
  const bold = (text: string) => (options.color ? `\u001b[1m${text}\u001b[22m` : text)
  const width = Math.max(...commands.map(({ name }) => name.length))
  const room = Math.max(20, options.columns - width - 5)
  const row = ({ name, summary }: ListedCommand) => {
    const [first = '', ...rest] = wrap(summary, room)
    return [`  ${name.padEnd(width)}  ${first}`, ...rest.map((line) => ' '.repeat(width + 4) + line)]
  }
  const listed = groups.map(({ title, names }) => ({
    title,
    commands: names.flatMap((name) => commands.find((command) => command.name === name) ?? []),
  }))
  const others = commands.filter(({ name }) => !groups.some(({ names }) => names.includes(name)))
  return [
    'Workflow runtime for coding agents: spec and workflow in, verified commits out.',
    '',
    `${bold('USAGE')}  gump COMMAND [--help]`,
    ...[...listed, { title: 'More', commands: others }]
      .filter((group) => group.commands.length > 0)
      .flatMap((group) => ['', bold(group.title.toUpperCase()), ...group.commands.flatMap(row)]),
    '',
    `${bold('START')}  gump init, then gump run tdd --spec spec.md`,
    '',
  ].join('\n')
}

function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > columns) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
