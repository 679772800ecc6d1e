/**
 * A command with the inserted values in their places: to be read by people and agents, never to be run.
 *
 * @example
 * ```ts
 * readableCommand('test -s "${GUMP_V1}".md', { GUMP_V1: 'use' }) // 'test -s use.md'
 * ```
 */
export function readableCommand(command: string, env: Readonly<Record<string, string>>): string {
  const valueOf = (text: string): string | null => {
    const names = [...text.matchAll(/\$\{(\w+)\}/gu)].map(([, name]) => name ?? '')
    return names.every((name) => Object.hasOwn(env, name)) ? names.map((name) => env[name]).join('') : null
  }
  return command.replaceAll(/"(?:\$\{GUMP_V\w+\})+"|\$\{GUMP_V\w+\}/gu, (placed) => {
    const value = valueOf(placed)
    if (value === null) return placed
    return placed.startsWith('"') && !/^[\w./:@%+=,-]+$/u.test(value) ? `"${value}"` : value
  })
}
