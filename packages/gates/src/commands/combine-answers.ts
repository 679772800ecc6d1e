import { escapeControl } from '@gump/errors'
import type { ResolvedCommand } from '../contract.js'
import type { FoundCommand } from './ecosystem.js'
import { runnersOf } from './listing.js'

/** A command of one of the projects that answer for an alias. */
export interface Part {
  readonly ecosystem: string
  readonly answer: FoundCommand
  /** The command as it runs at the root. */
  readonly command: string
}

/** One command of several projects: all are run, and all must succeed. */
export function combined(parts: readonly Part[], unchecked: readonly string[]): ResolvedCommand {
  const answers = parts.map(({ answer }) => answer)
  const runners = [...new Set(answers.flatMap((answer) => runnersOf(answer)))]
  const definitions = answers.flatMap(({ definition }) => (definition === undefined ? [] : [definition]))
  const labelled = answers.some(({ label }) => label !== undefined) || parts.length > 1
  const because = [...answers.map((answer) => answer.because), ...unchecked].join('; ')
  return {
    status: 'resolved',
    command: allOf(parts.map(({ command }) => command)),
    because: escapeControl(because),
    ecosystem: parts.map(({ ecosystem }) => ecosystem).join('+'),
    ...(labelled ? { label: parts.map(({ answer, command }) => answer.label ?? command).join(' and ') } : {}),
    ...(definitions.length === 0 ? {} : { definition: definitions.join('\n') }),
    ...(runners.length === 0 ? {} : { runners }),
    ...(unchecked.length === 0 ? {} : { unchecked: unchecked.map((each) => escapeControl(each)) }),
  }
}

/** Shell text that runs all of these to their end and exits as the last one that failed did. */
export function allOf(commands: readonly string[]): string {
  if (commands.length === 1) return commands[0] ?? ''
  const parts = commands.map((command) => `(\n${command}\n) || failed=$?`)
  return `failed=0\n${parts.join('\n')}\nexit "$failed"`
}
