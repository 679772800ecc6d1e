import { stripVTControlCharacters } from 'node:util'

/** Output as programs meant it: without terminal escapes, lines ended by line feeds. For reading by programs. */
export function plainText(output: string): string {
  return stripVTControlCharacters(output).replaceAll('\r\n', '\n')
}
