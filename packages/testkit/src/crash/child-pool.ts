import { type ChildProcess, fork } from 'node:child_process'
import type { Answer, Instruction } from './messages.js'

/** Far more than a run takes here: a child that has not answered by then never will. */
const answerMs = 120_000

/** How an instruction ended: with an answer, or with the death of the process that followed it. */
export type Outcome =
  | { readonly died: false; readonly answer: Answer }
  | { readonly died: true; readonly signal: string | null; readonly stderr: string }

/** One process that follows instructions until it dies. */
export interface Child {
  ask(instruction: Instruction): Promise<Outcome>
  readonly alive: boolean
  readonly pid: number
}

/** Processes that are started before they are needed. */
export interface ChildPool {
  /** One that nobody uses; give it back with {@link ChildPool.giveBack} when it still lives. */
  take(): Promise<Child>
  giveBack(child: Child): void
  close(): Promise<void>
}

/**
 * @param program - the compiled child program
 * @param spare - how many are kept ready
 */
export function createChildPool(program: string, spare: number): ChildPool {
  const ready: Promise<Child>[] = []
  const all = new Set<ChildProcess>()
  let closed = false

  const begin = async (): Promise<Child> => {
    const child = fork(program, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    all.add(child)
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-8192)
    })
    const gone = new Promise<Extract<Outcome, { died: true }>>((resolve) => {
      child.once('close', (_, signal) => {
        all.delete(child)
        resolve({ died: true, signal, stderr })
      })
    })
    await Promise.race([message(child), gone])
    return {
      pid: child.pid ?? 0,
      get alive() {
        return all.has(child)
      },
      ask(instruction) {
        const answered = message(child).then((answer): Outcome => ({ died: false, answer: answer as Answer }))
        child.send(instruction, () => {})
        return within(Promise.race([answered, gone]), () => {
          child.kill('SIGKILL')
          return { died: true, signal: 'none', stderr: `no answer within ${answerMs} ms ${stderr}` }
        })
      },
    }
  }

  const refill = (): void => {
    const missing = closed ? 0 : spare - ready.length
    for (let n = 0; n < missing; n += 1) ready.push(begin())
  }

  return {
    async take() {
      const child = (await ready.shift()) ?? (await begin())
      refill()
      return child.alive ? child : this.take()
    },
    giveBack(child) {
      if (child.alive) ready.unshift(Promise.resolve(child))
    },
    async close() {
      closed = true
      await Promise.all(ready)
      await Promise.all(
        [...all].map((child) => {
          const gone = new Promise((resolve) => child.once('close', resolve))
          child.kill('SIGKILL')
          return gone
        }),
      )
    },
  }
}

/** The result of a promise, or what `late` says when it takes longer than any instruction may. */
async function within(outcome: Promise<Outcome>, late: () => Outcome): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve(late()), answerMs)
  })
  try {
    return await Promise.race([outcome, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

function message(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once('message', resolve))
}
