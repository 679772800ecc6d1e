import { isAbsolute, join, resolve } from 'node:path'
import { readFile } from '../repository/small-files.js'

/** The object folders that one borrows from, absolute, as its `info/alternates` names them. */
export async function alternatesOf(objects: string): Promise<readonly string[]> {
  const text = await readFile(join(objects, 'info', 'alternates'), 'utf8').catch(() => '')
  const paths = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => (line.startsWith('"') ? unquote(line) : line))
  return paths.map((path) => (isAbsolute(path) ? path : resolve(objects, path)))
}

/** The text of an `info/alternates` with these folders. */
export function formatAlternates(folders: readonly string[]): string {
  return folders.map((folder) => `${/["\n\\]/u.test(folder) ? quote(folder) : folder}\n`).join('')
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}

/** Git's own quoting of paths; bytes beyond ASCII come as octal digits. */
function unquote(line: string): string {
  const bytes: Buffer[] = []
  const parts = line.slice(1, line.lastIndexOf('"')).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gsu)
  for (const [, octal, letter, plain] of parts) {
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8)]))
    else bytes.push(Buffer.from(letter === undefined ? (plain ?? '') : (escapes[letter] ?? letter)))
  }
  return Buffer.concat(bytes).toString('utf8')
}

function quote(path: string): string {
  return `"${path.replaceAll(/["\\]/gu, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`
}
