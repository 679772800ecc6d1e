import type { CommandWords } from './complete/command-words.js'
import { lookUp } from './complete/look-up.js'
import { readLine } from './complete/read-line.js'
import { situationOf } from './complete/situation.js'
import { isShell, written } from './complete/written.js'
import { cliContext } from './context.js'

/**
 * Answers a shell that asks what can follow on its command line: one candidate a line, then a line that says whether names of
 * files are wanted as well. It runs without the command line framework, says nothing about what is wrong, and changes
 * nothing.
 *
 * @param commands - written down when the program was built
 * @param args - the shell, and its command line up to the cursor: as one text, or as `--` and its words
 */
export async function complete(
  commands: readonly CommandWords[],
  version: string,
  [shell = '', ...line]: readonly string[],
): Promise<void> {
  if (!isShell(shell)) return
  const words = line[0] === '--' ? line.slice(1) : readLine(line[0] ?? '')
  const situation = situationOf(commands, words.slice(1))
  const context = cliContext(version)
  const found = await lookUp(context, situation).catch(() => [])
  const fitting = [...situation.fixed, ...found].filter(({ word }) => word.startsWith(situation.prefix))
  const files = situation.kind === 'files' || situation.kind === 'workflows or files'
  const { lead, prefix } = situation
  context.stdout.write(written(shell, fitting, { lead, prefix, files, breaks: line[1] ?? '' }))
}
