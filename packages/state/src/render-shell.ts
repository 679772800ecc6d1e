import { GumpError } from '@gump/errors'
import { findShellPlacements } from './shell-problems.js'
import type { Lookup, Template } from './template.js'

/** A command for `bash -c` and the environment variables that carry the inserted values. */
export interface ShellCommand {
  readonly command: string
  readonly env: Readonly<Record<string, string>>
}

/** Most UTF-8 bytes of inserted values that one command can carry: operating systems limit environment and arguments together. */
export const maxShellValueBytes: number = 768 * 1024

// Linux limits a single `NAME=value` to 128 KiB.
const maxChunkBytes = 120_000

/**
 * Inserts values into a bash command as data. Each value travels in an environment variable (`GUMP_V1`, `GUMP_V2`, … in the order
 * of first use; a long value in several: `GUMP_V1_2`), and the template becomes its expansion, quoted as its place needs:
 * `"${GUMP_V1}"` where it stands bare, `${GUMP_V1}` inside double quotes and here-documents. So no value can end a quote, split
 * into words, match files or run anything.
 *
 * A name that has no value stays as text: `awk {print}` is no template. No line is ever removed, unlike in prompts: that would
 * change the command.
 *
 * @throws GumpError `GUMP-T004` for a variable between single quotes, `GUMP-T005` for one in another place where no data can be
 * inserted, `GUMP-T006` for a value that holds a NUL character or is too large.
 *
 * @example
 * ```ts
 * renderShell(parseTemplate('grep {what} "src/{file}"'), (name) => values[name])
 * // { command: 'grep "${GUMP_V1}" "src/${GUMP_V2}"', env: { GUMP_V1: …, GUMP_V2: … } }
 * ```
 */
export function renderShell(template: Template, lookup: Lookup): ShellCommand {
  const values = new Map<string, string>()
  const known = (name: string): boolean => {
    const value = values.get(name) ?? lookup(name)
    if (value !== undefined) values.set(name, value)
    return value !== undefined
  }
  const { pieces, problems } = findShellPlacements(template, known)
  const [problem] = problems
  if (problem !== undefined) {
    throw new GumpError(problem.code, problem.message, {
      data: { name: problem.variable.name, offset: problem.variable.start },
      remedy: problem.remedy,
    })
  }

  const env: Record<string, string> = {}
  const expansions = new Map<string, string>()
  let bytes = 0
  let command = ''
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      command += piece.text
      continue
    }
    const { name } = piece.variable
    let expansion = expansions.get(name)
    if (expansion === undefined) {
      const value = values.get(name) ?? ''
      bytes += Buffer.byteLength(value)
      check(name, value, bytes)
      const chunks = chunk(value)
      const base = `GUMP_V${String(expansions.size + 1)}`
      const names = chunks.map((_, index) => (index === 0 ? base : `${base}_${String(index + 1)}`))
      names.forEach((variable, index) => {
        env[variable] = chunks[index] ?? ''
      })
      expansion = names.map((variable) => `\${${variable}}`).join('')
      expansions.set(name, expansion)
    }
    command += piece.quoted ? expansion : `"${expansion}"`
  }
  return { command, env }
}

function check(name: string, value: string, totalBytes: number): void {
  if (value.includes('\0')) {
    throw new GumpError('GUMP-T006', `the value of {${name}} holds a NUL character`, {
      data: { name, reason: 'nul' },
      remedy: 'no program can be given a NUL as an argument; read the value from a file instead',
    })
  }
  if (totalBytes > maxShellValueBytes) {
    throw new GumpError(
      'GUMP-T006',
      `the values in this command are too large at {${name}}: ${String(totalBytes)} bytes, at most ${String(maxShellValueBytes)} fit`,
      {
        data: { name, reason: 'size', bytes: totalBytes, limit: maxShellValueBytes },
        remedy: 'read it from a file instead',
      },
    )
  }
}

/** Cuts a value into pieces that fit into one environment variable each; surrogate pairs stay whole. */
function chunk(value: string): readonly string[] {
  if (Buffer.byteLength(value) <= maxChunkBytes) return [value]
  const chunks: string[] = []
  let start = 0
  while (start < value.length) {
    // At most three UTF-8 bytes for each UTF-16 unit.
    let end = Math.min(value.length, start + maxChunkBytes / 3)
    const last = value.charCodeAt(end - 1)
    if (end < value.length && last >= 0xd800 && last <= 0xdbff) end -= 1
    chunks.push(value.slice(start, end))
    start = end
  }
  return chunks
}
