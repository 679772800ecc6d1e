import { homedir } from 'node:os'

/** What a command may know about the world around it, gathered in one place. */
export interface CliContext {
  readonly cwd: string
  /** The whole command line, the program included. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly version: string
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly stdin: NodeJS.ReadStream
  /** Colour on stdout. */
  readonly color: boolean
  /** Colour on stderr. */
  readonly colorErrors: boolean
  /** Both ends are a terminal, so that a person can be asked. */
  readonly interactive: boolean
  /** Columns of stdout; 80 where there are none. */
  readonly width: number
  /** What is said besides results; the configuration may still change it. */
  readonly log: { level: LogLevel }
}

export const logLevels = ['error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

let current: CliContext | undefined

/** The context of this process; the same object for everybody who asks. */
export function cliContext(version: string): CliContext {
  current ??= createContext(version)
  return current
}

function createContext(version: string): CliContext {
  const { env, stdin, stdout, stderr } = process
  return {
    cwd: currentFolder(),
    argv: process.argv,
    env,
    home: env['HOME'] || homedir(),
    version,
    stdin,
    stdout,
    stderr,
    color: wantsColor(env, stdout),
    colorErrors: wantsColor(env, stderr),
    interactive: stdin.isTTY && stdout.isTTY,
    width: stdout.columns || 80,
    log: { level: logLevels.find((level) => level === env['GUMP_LOG_LEVEL']) ?? 'info' },
  }
}

/** The root where the current folder was removed, which the command line refuses before anything else. */
function currentFolder(): string {
  try {
    return process.cwd()
  } catch {
    return '/'
  }
}

/** Columns that a table must keep to: those of the terminal; nothing is broken where a program reads. */
export function tableWidth({ stdout, width }: CliContext): { readonly width?: number } {
  return stdout.isTTY ? { width } : {}
}

/** True when messages of this weight are wanted. */
export function logs(context: CliContext, level: LogLevel): boolean {
  return logLevels.indexOf(level) <= logLevels.indexOf(context.log.level)
}

/** NO_COLOR (any value) wins over FORCE_COLOR; without either, terminals that can. */
export function wantsColor(
  env: Readonly<Record<string, string | undefined>>,
  stream: { readonly isTTY?: boolean },
): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}
