import type { CommandWords, FlagWords } from '../src/complete/command-words.js'

/** What the command line framework knows of a command, as far as completion needs it. */
export interface DeclaredCommand {
  readonly summary?: string | undefined
  readonly strict?: boolean
  readonly hidden?: boolean
  readonly args?: Readonly<Record<string, { readonly options?: readonly string[] | undefined }>>
  readonly flags?: Readonly<Record<string, DeclaredFlag>>
}

interface DeclaredFlag {
  readonly type: 'boolean' | 'option'
  readonly char?: string | undefined
  readonly summary?: string | undefined
  readonly hidden?: boolean | undefined
  readonly helpValue?: string | string[] | undefined
  readonly allowNo?: boolean | undefined
  readonly options?: readonly string[] | undefined
}

/** All words of all commands, for completion. */
export function commandWords(commands: Readonly<Record<string, DeclaredCommand>>): readonly CommandWords[] {
  return Object.entries(commands)
    .filter(([, { hidden }]) => hidden !== true)
    .map(([id, { summary = '', strict = true, args = {}, flags = {} }]) => ({
      words: id.split(':'),
      summary,
      arguments: Object.entries(args).map(([name, { options }]) => ({
        name,
        ...(options === undefined ? {} : { options }),
      })),
      repeats: !strict,
      flags: Object.entries(flags).flatMap(([name, flag]) => flagWords(name, flag)),
    }))
}

function flagWords(name: string, flag: DeclaredFlag): readonly FlagWords[] {
  if (flag.hidden === true) return []
  const { char, summary = '', helpValue = '', options, allowNo } = flag
  const words = {
    name,
    summary,
    ...(char === undefined ? {} : { char }),
    ...(flag.type === 'boolean' ? {} : { value: String(helpValue) }),
    ...(options === undefined ? {} : { options }),
  }
  return allowNo === true ? [words, { ...words, name: `no-${name}` }] : [words]
}
