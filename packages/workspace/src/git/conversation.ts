import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'

import { gitFailed, gitNotStarted } from './git-failure.js'
import { gitProgram } from './git-program.js'
import { hold } from './hold.js'
import type { GitCall } from './run-git.js'

/** One long-lived git process that answers requests one after the other. */
export interface Conversation {
  /**
   * Sends a request and returns everything git wrote up to and with `terminator`. Starts git when it is not running,
   * and asks a new one when an older one ends instead of answering: it may have been dead already.
   *
   * @throws GumpError GUMP-G001 when git ends instead of answering.
   */
  ask(request: string | Uint8Array, terminator: string): Promise<Buffer>
  /**
   * Gives what git writes before `terminator` to `take`, as it comes. Is not asked again: some of it may have been given.
   *
   * @throws GumpError GUMP-G001 when git ends instead of answering; what `take` throws, once the answer is over.
   */
  pour(request: string | Uint8Array, terminator: string, take: (bytes: Buffer) => void): Promise<void>
  /** Closes stdin and waits for the end. */
  close(): Promise<void>
}

interface Talk {
  readonly child: ChildProcessWithoutNullStreams
  readonly ended: Promise<void>
  /** Set while a request is waiting. */
  waiting: {
    readonly terminator: Buffer
    /** Receives the answer instead of `chunks`. */
    readonly take: ((bytes: Buffer) => void) | null
    readonly resolve: (answer: Buffer) => void
    readonly reject: (error: Error) => void
  } | null
  chunks: Buffer[]
  tail: Buffer
}

/** Opens a conversation with `git <args>`; the process starts with the first request and never keeps Node alive. */
export function openConversation(
  args: readonly string[],
  call: Omit<GitCall, 'input' | 'stdoutFd'>,
): Conversation {
  let talk: Talk | null = null
  let last: Promise<unknown> = Promise.resolve()

  const exchange = (
    request: string | Uint8Array,
    terminator: string,
    take: ((bytes: Buffer) => void) | null = null,
  ): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      talk ??= begin(args, call, (ended) => {
        if (talk === ended) talk = null
      })
      talk.waiting = { terminator: Buffer.from(terminator), take, resolve, reject }
      hold(talk.child, true)
      talk.child.stdin.write(request)
    })

  return {
    ask: (request, terminator) => {
      const answer = last.then(() => {
        const first = talk === null
        return exchange(request, terminator).catch((error: unknown) => {
          if (first) throw error
          return exchange(request, terminator)
        })
      })
      last = answer.catch(() => {})
      return answer
    },
    pour: async (request, terminator, take) => {
      const careful = carefully(take)
      const answer = last.then(() => exchange(request, terminator, careful.take))
      last = answer.catch(() => {})
      await answer
      careful.end()
    },
    close: async () => {
      await last
      if (talk === null) return
      hold(talk.child, true)
      talk.child.stdin.end()
      await talk.ended
    },
  }
}

function begin(
  args: readonly string[],
  call: Omit<GitCall, 'input' | 'stdoutFd'>,
  onEnd: (talk: Talk) => void,
): Talk {
  const child = spawn(gitProgram(call.env), args, { cwd: call.cwd, env: call.env, stdio: 'pipe' })
  let stderr = ''
  let finish: () => void = () => {}
  const ended = new Promise<void>((resolve) => {
    finish = resolve
  })
  const talk: Talk = { child, ended, waiting: null, chunks: [], tail: Buffer.alloc(0) }
  const fail = (error: Error): void => {
    onEnd(talk)
    finish()
    talk.waiting?.reject(error)
    talk.waiting = null
  }
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-16_384)
  })
  child.stdout.on('data', (chunk: Buffer) => listen(talk, chunk))
  child.stdin.on('error', () => {})
  child.on('error', (cause) => fail(gitNotStarted(cause, call.cwd)))
  child.on('close', (code) => fail(gitFailed(args, { code: code ?? -1, stderr })))
  return talk
}

function listen(talk: Talk, chunk: Buffer): void {
  const { waiting } = talk
  if (waiting === null) return
  const { terminator, take } = waiting
  const open = Buffer.concat([talk.tail, chunk])
  talk.tail = open.subarray(-terminator.length)
  if (take === null) talk.chunks.push(chunk)
  // What may still be the terminator is held back.
  else if (open.length > terminator.length) take(open.subarray(0, -terminator.length))
  if (!talk.tail.equals(terminator)) return
  const answer = Buffer.concat(talk.chunks)
  talk.chunks = []
  talk.tail = Buffer.alloc(0)
  talk.waiting = null
  hold(talk.child, false)
  waiting.resolve(answer)
}

/** Keeps an error of `take` until git has said everything, so that its next answer is not taken for this one. */
function carefully(take: (bytes: Buffer) => void): { take(bytes: Buffer): void; end(): void } {
  const errors: unknown[] = []
  return {
    take(bytes) {
      if (errors.length > 0) return
      try {
        take(bytes)
      } catch (error) {
        errors.push(error)
      }
    },
    end() {
      if (errors.length > 0) throw errors[0]
    },
  }
}
