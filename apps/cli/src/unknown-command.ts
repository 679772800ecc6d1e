import { closest, GumpError } from '@gump/errors'

/** Words that people try first, as other tools have them, and what they are here. */
const elsewhere: Readonly<Record<string, string>> = {
  approve: 'gump run --resume --approve',
  cook: 'gump run',
  cookbook: 'gump playbook',
  list: 'gump runs',
  migrate: 'gump playbook migrate',
  reject: 'gump run --resume --reject NOTE',
  replay: 'gump run --replay --from-step STEP',
  resume: 'gump run --resume',
  start: 'gump run',
  stop: 'gump cancel',
  validate: 'gump playbook validate',
  workflows: 'gump playbook list',
}

/** The error for a first word that is no command, with what was probably meant. */
export function unknownCommand(args: readonly string[], commands: readonly string[]): GumpError {
  const names = commands.map((id) => id.replaceAll(':', ' '))
  const [first = '', second = ''] = args
  const topic = names.some((name) => name.startsWith(`${first} `))
  const typed = topic ? `${first} ${second}` : first
  const near = closest(typed, topic ? names : names.map((name) => name.split(' ')[0] ?? name))
  const known = Object.hasOwn(elsewhere, typed) ? elsewhere[typed] : undefined
  const meant = known ?? (near === undefined ? undefined : `gump ${near}`)
  return new GumpError('GUMP-C005', `gump has no command "${typed}"`, {
    remedy: `${meant === undefined ? '' : `Did you mean ${meant}? `}gump --help lists the commands.`,
    data: { command: typed },
  })
}
