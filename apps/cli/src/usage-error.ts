import { closest, GumpError } from '@gump/errors'

import { placeOfFlag } from './run/command-line.js'

/** A mistake on the command line; the hint names the command whose help says more. */
export function usageError(message: string, command?: string): GumpError {
  const remedy = `${command === undefined ? 'gump' : `gump ${command}`} --help shows what is possible.`
  return new GumpError('GUMP-C005', message, { remedy })
}

/** Turns what the command line framework throws about arguments and flags into an error of Gump; null for all else. */
export function fromParser(
  error: unknown,
  {
    command,
    args,
    flags,
  }: { readonly command: string; readonly args: readonly string[]; readonly flags: readonly string[] },
): GumpError | null {
  if (!(error instanceof Error) || !('oclif' in error)) return null
  const message = error.message
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('See more help with'))
    .map((line, index) => (index === 0 ? lowerFirst(line) : `  ${line}`))
    .join('\n')
  const remedy = flagsOfEarlierVersions.find(([words]) => message.includes(words))?.[1]
  if (remedy !== undefined) return new GumpError('GUMP-C005', message, { remedy })
  const flag = /--[a-z][a-z-]*/u.exec(message)?.[0]
  const isUnknown = message.startsWith('nonexistent flag')
  const place = flag === undefined ? null : placeOfFlag(args, flag, { value: !isUnknown })
  if (flag === undefined || place === null) return usageError(message, command)
  const near = isUnknown ? closest(flag.slice(2), flags) : undefined
  const oneLine = message.replaceAll(/\s*\n\s*/gu, ' ')
  return new GumpError('GUMP-C005', oneLine, {
    diagnostics: [
      {
        code: 'GUMP-C005',
        severity: 'error',
        message: oneLine,
        ...place,
        expected: `what gump${command === '' ? '' : ` ${command}`} --help shows`,
        ...(near === undefined ? {} : { suggestion: `--${near}` }),
      },
    ],
  })
}

const flagsOfEarlierVersions: readonly (readonly [words: string, remedy: string])[] = [
  [
    'nonexistent flag: --agent-stub',
    'Write --agent scripted:FILE, which plays a script instead of an agent.',
  ],
  ['--log-level', 'Set GUMP_LOG_LEVEL=debug, or gump config set --user log_level debug.'],
]

function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
