import { delimiter, isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'

import { run, type Interfaces } from '@oclif/core'

import { COMMANDS } from './commands.js'
import { cliContext } from './context.js'
import { exitCodes } from './exit-codes.js'
import { refuseUnexpectedEnd } from './unexpected-end.js'

/** Runs the command line and ends the process with the right exit code once everything is written. */
export async function main(args: readonly string[], manifest: Interfaces.PJSON): Promise<void> {
  const ended = refuseUnexpectedEnd()
  endQuietlyWhenNobodyReads(ended)
  // Whatever is started finds its programs at absolute places: what lies in a worktree is an agent's.
  process.env['PATH'] = absoluteFolders(process.env['PATH'] ?? '')
  try {
    // Throws when the folder was removed; whatever asks for it next would not say so as well.
    process.cwd()
    await dispatch(args, manifest)
  } catch (error) {
    const { printError } = await import('./print-error.js')
    const { fromParser } = await import('./usage-error.js')
    const command = commandOf(args) ?? ''
    process.exitCode = printError(
      cliContext(manifest.version),
      fromParser(error, { command, args, flags: flagsOf(command) }) ?? error,
    )
  }
  ended()
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  process.exit()
}

/** As `fixedPath` of @gump/process, which is too much to load for `gump --version`. */
function absoluteFolders(path: string): string {
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .join(delimiter)
}

async function dispatch(args: readonly string[], manifest: Interfaces.PJSON): Promise<void> {
  if (args[0] !== undefined && !args[0].startsWith('-') && args[0] !== 'help' && commandOf(args) === null) {
    const { unknownCommand } = await import('./unknown-command.js')
    throw unknownCommand(args, Object.keys(COMMANDS))
  }
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/u, '')
  await run(args[0] === 'help' ? [...args.slice(1), '--help'] : [...args], {
    root,
    pjson: manifest,
    isRoot: true,
    ignoreManifest: true,
  } as Interfaces.LoadOptions)
}

/** The command that the arguments start with, `playbook list` or `playbook`; null when it is none. */
function commandOf(args: readonly string[]): string | null {
  const [first = '', second = ''] = args
  const known = Object.keys(COMMANDS)
  if (known.includes(`${first}:${second}`)) return `${first} ${second}`
  const isTopic = known.some((name) => name.startsWith(`${first}:`))
  if (isTopic && second !== '' && !second.startsWith('-')) return null
  return known.includes(first) ? first : null
}

function flagsOf(command: string): readonly string[] {
  return Object.keys(COMMANDS[command.replace(' ', ':')]?.flags ?? {})
}

/** `gump runs | head -1` is no error, and a full disk is none of Gump's. A live run handles it itself. */
function endQuietlyWhenNobodyReads(ended: () => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    // The framework's own listener throws where nobody can catch it.
    stream.removeAllListeners('error')
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (stream.listenerCount('error') > 1) return
      ended()
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
      const told = process.exitCode !== undefined && process.exitCode !== exitCodes.passed
      if (told) process.exit()
      if (stream === process.stdout) {
        process.stderr.write(`The output cannot be written: ${error.message}\n`)
      }
      process.exit(exitCodes.failed)
    })
  }
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve())
  })
}
