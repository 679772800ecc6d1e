import { createInterface } from 'node:readline'

import type { CliContext } from '../context.js'

/** Asks a person on the terminal; everything but y or yes is a no, the end of the input and Ctrl-C included. */
export function ask({ stdin, stdout }: CliContext, question: string): Promise<boolean> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: stdin, output: stdout })
    let answered = false
    lines.once('close', () => {
      if (!answered) stdout.write('\n')
      resolve(false)
    })
    lines.once('SIGINT', () => lines.close())
    lines.question(question, (answer) => {
      answered = true
      resolve(/^\s*y(?:es)?\s*$/iu.test(answer))
      lines.close()
    })
  })
}
