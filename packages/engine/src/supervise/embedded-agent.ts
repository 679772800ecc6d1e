import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { EmbeddedAction, EmbeddedProgram } from '@gump/agents'
import type { Clock } from '../contract.js'
import type { RunningAgent } from './agent-source.js'

/** What an embedded program is performed with. Each line goes to `onLine` as it is recorded. */
export interface EmbeddedOptions {
  readonly program: EmbeddedProgram
  readonly cwd: string
  readonly clock: Clock
  readonly stdoutFile: string
  readonly stderrFile: string
  readonly mask: (text: string) => string
  readonly onLine: (line: string) => void
}

/** Performs a program of an embedded agent in this process, one action after the other. */
export function startEmbedded(options: EmbeddedOptions): RunningAgent {
  const stopping = new AbortController()
  const exit = play(options, stopping.signal)
  const end = async (): Promise<void> => {
    stopping.abort()
    await exit
  }
  return { pid: null, pidStart: null, level: 'embedded', sandboxed: false, exit, stop: end, kill: end }
}

async function play(options: EmbeddedOptions, signal: AbortSignal): RunningAgent['exit'] {
  let stderr = ''
  // Lets the caller note that the agent runs before its first line arrives.
  await Promise.resolve()
  for (const action of options.program.steps) {
    if (signal.aborted) return { code: null, signal: 'SIGKILL', stderrTail: stderr }
    if (action.do === 'exit') return { code: action.code, signal: null, stderrTail: stderr }
    try {
      const said = await performAction(options, action, signal)
      stderr = (stderr + said).slice(-4096)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      appendFileSync(options.stderrFile, `${options.mask(message)}\n`)
      return { code: 1, signal: null, stderrTail: message }
    }
  }
  return signal.aborted
    ? { code: null, signal: 'SIGKILL', stderrTail: stderr }
    : { code: 0, signal: null, stderrTail: stderr }
}

async function performAction(
  options: EmbeddedOptions,
  action: EmbeddedAction,
  signal: AbortSignal,
): Promise<string> {
  switch (action.do) {
    case 'emit':
      appendFileSync(options.stdoutFile, `${options.mask(action.line)}\n`)
      options.onLine(action.line)
      return ''
    case 'stderr':
      appendFileSync(options.stderrFile, options.mask(action.text))
      return action.text
    case 'sleep':
      await sleep(options.clock, action.ms, signal)
      return ''
    case 'write': {
      const file = inside(options.cwd, action.path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, Buffer.from(action.content, action.encoding ?? 'utf8'))
      if (action.mode !== undefined) chmodSync(file, action.mode)
      return ''
    }
    case 'edit': {
      const file = inside(options.cwd, action.path)
      const before = readFileSync(file, 'utf8')
      if (!before.includes(action.find))
        throw new Error(`${action.path} does not contain the text to replace`)
      writeFileSync(
        file,
        before.replace(action.find, () => action.replace),
      )
      return ''
    }
    case 'delete':
      rmSync(inside(options.cwd, action.path), { recursive: true })
      return ''
    case 'exit':
      return ''
  }
}

/** A script is text from outside: it works in its folder and nowhere else. */
function inside(cwd: string, path: string): string {
  const file = resolve(cwd, path)
  const below = relative(cwd, file)
  if (below === '' || below.startsWith('..') || isAbsolute(below))
    throw new Error(`${path} is outside the worktree`)
  // What is written through a link is written where it leads to, and no sandbox is around this process.
  const real = realpathSync(cwd)
  const folder = nearestFolder(dirname(file))
  const link = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true
  if (link || (folder !== real && !folder.startsWith(real + sep)))
    throw new Error(`${path} leads through a link, and may lie outside the worktree`)
  return file
}

/** Real path of the folder, or of the nearest one above it that is there. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder
    ? realpathSync(folder)
    : nearestFolder(dirname(folder))
}

function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const cancel = clock.timer(ms, finish)
    function finish(): void {
      signal.removeEventListener('abort', finish)
      cancel()
      done()
    }
    signal.addEventListener('abort', finish, { once: true })
  })
}
