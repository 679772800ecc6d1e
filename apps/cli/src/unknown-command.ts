import { closest, GumpError } from '@gump/errors'

/** The error for a first word that is no command, with the closest one. */
export function unknownCommand(args: readonly string[], known: readonly string[]): GumpError {
  const names = known.map((id) => id.replaceAll(':', ' '))
  const [first = '', second = ''] = args
  const topic = names.some((name) => name.startsWith(`${first} `))
  const typed = topic ? `${first} ${second}` : first
  const near = closest(typed, topic ? names : names.map((name) => name.split(' ')[0] ?? name))
  return new GumpError('GUMP-C005', `gump has no command "${typed}"`, {
    remedy: `${near === undefined ? '' : `Did you mean gump ${near}? `}gump --help lists the commands.`,
    data: { command: typed },
  })
}
