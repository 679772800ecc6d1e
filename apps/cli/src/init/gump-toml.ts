import { tomlValue } from '../config/edit.js'

/** What was found out about one gate. */
export interface DetectedGate {
  readonly alias: string
  readonly command: string | null
  readonly because: string
}

/** A gump.toml that says what is detected and changes nothing of it: every setting in it is a comment. */
export function renderGumpToml(gates: readonly DetectedGate[]): string {
  const lines = gates.map(({ alias, command, because }) =>
    command === null
      ? `# ${alias} = "…"  # nothing found: ${because}`
      : `# ${alias} = ${tomlValue(command)}  # ${because}`,
  )
  return `# Gump's settings for this repository. gump config list shows all of them, gump doctor checks them.

# default_agent = "claude-sonnet"

[gates]
# What the gates run, as detected. Take the # away to decide it yourself.
${lines.map((line) => line.replaceAll(/[\r\n]+/gu, ' ')).join('\n')}

[budget]
# max_budget = 5.0      # USD for one run
# max_timeout = "2h"

[worktree]
# copy = [".env"]       # ignored files that the project needs
`
}
