/** What one command of a shell is made of. */
export interface ShellCommand {
  readonly cwd: string
  readonly program: string
  readonly args: readonly string[]
  /** Shell text that changes the environment, of {@link environmentText}. */
  readonly environment: string
}

/** A word that a shell takes as it is. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/**
 * Shell text that turns the environment `from` into the environment `to`; null when a variable that differs has a name
 * that no shell can set.
 */
export function environmentText(
  from: Readonly<Record<string, string>>,
  to: Readonly<Record<string, string>>,
): string | null {
  const set = Object.entries(to).filter(([name, value]) => from[name] !== value)
  const gone = Object.keys(from).filter((name) => to[name] === undefined)
  const names = [...set.map(([name]) => name), ...gone]
  if (names.some((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/u.test(name))) return null
  return [
    ...(gone.length === 0 ? [] : [`unset ${gone.join(' ')}`]),
    ...(set.length === 0
      ? []
      : [`export ${set.map(([name, value]) => name + '=' + quoted(value)).join(' ')}`]),
  ].join(';')
}

/**
 * Runs a command in a process of its own, without input. The shell says on both streams when it is over: `mark` and,
 * on the first, the exit code before it. A `+` on the first says that it has begun.
 */
export function commandText({ cwd, program, args, environment }: ShellCommand, mark: string): string {
  const words = [program, ...args].map(quoted).join(' ')
  const steps = [environment, `cd ${quoted(cwd)}||exit 127`, `exec ${words}`].filter((step) => step !== '')
  return `printf +;(${steps.join(';')})</dev/null;printf ' %s %s' $? ${mark};printf %s ${mark} >&2\n`
}
