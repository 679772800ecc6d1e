import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'

/** A command as far as completion must know it. */
export interface CompletedCommand {
  readonly words: readonly string[]
  readonly summary: string
  readonly flags: readonly { readonly name: string; readonly char?: string; readonly summary?: string }[]
  /** Fixed values of its arguments. */
  readonly choices: readonly string[]
}

/** Prints a completion script: static, made from the commands themselves, so that completing starts no process. */
export async function completion(
  context: CliContext,
  shell: string,
  commands: readonly CompletedCommand[],
): Promise<number> {
  context.stdout.write(shell === 'fish' ? fish(commands) : bash(commands, shell === 'zsh'))
  return exitCodes.passed
}

function firstWords(commands: readonly CompletedCommand[]): readonly string[] {
  return [...new Set(commands.map(({ words }) => words[0] ?? ''))].toSorted()
}

function wordsAfter(commands: readonly CompletedCommand[], path: readonly string[]): readonly string[] {
  const below = commands
    .filter(({ words }) => words.length > path.length && path.every((word, i) => words[i] === word))
    .map(({ words }) => words[path.length] ?? '')
  const exact = commands.find(({ words }) => words.join(' ') === path.join(' '))
  const flags = exact?.flags.map(({ name }) => `--${name}`) ?? []
  return [...below, ...(exact?.choices ?? []), ...flags, '--help']
}

function bash(commands: readonly CompletedCommand[], inZsh: boolean): string {
  const paths = new Set(commands.flatMap(({ words }) => words.map((_, i) => words.slice(0, i + 1).join(' '))))
  const cases = [...paths]
    .toSorted()
    .map((path) => `    "${path}") words="${wordsAfter(commands, path.split(' ')).join(' ')}" ;;`)
  return `${inZsh ? 'autoload -U +X bashcompinit && bashcompinit\n' : ''}_gump() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) [ "$(echo "$path" | wc -w)" -lt 2 ] && path="\${path:+$path }$word" ;; esac
  done
  words="${firstWords(commands).join(' ')} --help --version"
  case "$path" in
    "") ;;
${cases.join('\n')}
    *) path="\${path%% *}"
      case "$path" in
${cases.map((line) => `    ${line}`).join('\n')}
      esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  case "$current" in -*) ;; *) COMPREPLY+=($(compgen -f -- "$current")) ;; esac
}
complete -o filenames -F _gump gump
`
}

function fish(commands: readonly CompletedCommand[]): string {
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const top = firstWords(commands).map((word) => {
    const summary = commands.find(({ words }) => words.join(' ') === word)?.summary ?? ''
    return `complete -c gump -n __fish_use_subcommand -a ${word} -d ${quote(summary)}`
  })
  const rest = commands.flatMap(({ words, flags, choices }) => {
    const condition = `"${words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ')}"`
    const [first, second] = words
    return [
      ...(second === undefined
        ? []
        : [`complete -c gump -n "__fish_seen_subcommand_from ${first}" -a ${second}`]),
      ...choices.map((choice) => `complete -c gump -n ${condition} -a ${choice}`),
      ...flags.map(
        ({ name, char, summary }) =>
          `complete -c gump -n ${condition} -l ${name}${char === undefined ? '' : ` -s ${char}`} -d ${quote(summary ?? '')}`,
      ),
    ]
  })
  return `${[...top, ...rest].join('\n')}\n`
}
