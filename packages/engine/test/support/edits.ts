import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'

/** One edit of a tree. It finds files by their content, so that it follows renames. */
export type Edit =
  | { readonly do: 'line'; readonly id: string; readonly at: number; readonly to: string }
  | { readonly do: 'insert'; readonly id: string; readonly at: number; readonly text: string }
  | { readonly do: 'byte'; readonly at: number; readonly value: number }
  | { readonly do: 'endings'; readonly id: string }
  | { readonly do: 'rename'; readonly id: string; readonly to: string }
  | { readonly do: 'delete'; readonly id: string }
  | { readonly do: 'mode'; readonly id: string }
  | { readonly do: 'write'; readonly path: string; readonly content: string }
  | { readonly do: 'link'; readonly path: string; readonly target: string }

const endings: Readonly<Record<string, string>> = { lf: '\n', crlf: '\r\n', blanks: '  \n', bare: '\n' }
const lineCount = 24

const text = (id: string): string => {
  const body = Array.from({ length: lineCount }, (_, n) => `${id} line ${n}${endings[id] ?? '\n'}`).join('')
  return `id:${id}\n${id === 'bare' ? body.trimEnd() : body}`
}
const binary = Uint8Array.from({ length: 2000 }, (_, n) =>
  n < 9 ? 'id:binary'.charCodeAt(n) : (n * 7) % 256,
)

/** What every tree begins with. */
export const baseFiles: Readonly<Record<string, string | Uint8Array>> = {
  'lf.txt': text('lf'),
  'dir/crlf file.txt': text('crlf'),
  'dir/deep/blanks.txt': text('blanks'),
  'ünï ☃.txt': text('bare'),
  'run.sh': text('script'),
  'binary.bin': binary,
}
const ids = ['lf', 'crlf', 'blanks', 'bare', 'script']

/** Names that have broken tools before. */
const newNames = [
  'new.txt',
  'dir/new file.txt',
  '-dash',
  ':(top)magic',
  'with "quotes"',
  'back\\slash',
  'tab\tand\nnewline',
  '  blanks  ',
  'dir/neü/ä.txt',
  '[glob]*?',
  'lf.txt.d/file',
]

const id = fc.constantFrom(...ids)
const at = fc.nat(lineCount - 1)
const name = fc.constantFrom(...newNames)

/**
 * What one task may do; `who` makes its words its own. Nothing asks for what the base has already: that would be no change
 * in a task of its own, and one when it is done after another.
 */
export function editsOf(who: string): fc.Arbitrary<readonly Edit[]> {
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('line'), id, at, to: fc.constant(`by ${who}`) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('insert'),
        id,
        at,
        text: fc.constantFrom('\n', '\r\n', '  \n').map((ending) => who + ending),
      }),
    },
    fc
      .tuple(fc.integer({ min: 20, max: 1999 }), fc.integer({ min: 1, max: 255 }))
      .map(([byte, more]): Edit => ({ do: 'byte', at: byte, value: ((binary[byte] ?? 0) + more) % 256 })),
    fc.record({ do: fc.constant('endings'), id }),
    fc.record({ do: fc.constant('rename'), id: fc.constantFrom(...ids, 'binary'), to: name }),
    fc.record({ do: fc.constant('delete'), id }),
    { weight: 2, arbitrary: fc.record({ do: fc.constant('mode'), id }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('write'), path: name, content: fc.constantFrom('a\r\nb', who) }),
    },
    fc.record({
      do: fc.constant('link'),
      path: name,
      target: fc.constantFrom('lf.txt', '../up', 'nö where'),
    }),
  )
  return fc.array(edit, { maxLength: 4 })
}

/** Does an edit in a folder; one whose file is gone, or whose place is taken, does nothing. */
export function apply(dir: string, edit: Edit): void {
  if (edit.do === 'write' || edit.do === 'link') {
    if (!isFree(dir, edit.path)) return
    mkdirSync(dirname(join(dir, edit.path)), { recursive: true })
    if (edit.do === 'write') writeFileSync(join(dir, edit.path), edit.content)
    else symlinkSync(edit.target, join(dir, edit.path))
    return
  }
  const path = findById(dir, edit.do === 'byte' ? 'binary' : edit.id)
  if (path === null) return
  switch (edit.do) {
    case 'delete':
      return rmSync(path)
    case 'mode':
      return chmodSync(path, edit.id === 'script' ? 0o644 : 0o755)
    case 'rename':
      if (!isFree(dir, edit.to)) return
      mkdirSync(dirname(join(dir, edit.to)), { recursive: true })
      return renameSync(path, join(dir, edit.to))
    case 'byte': {
      const bytes = readFileSync(path)
      bytes[edit.at] = edit.value
      return writeFileSync(path, bytes)
    }
    default:
      writeFileSync(path, changed(readFileSync(path, 'latin1'), edit), 'latin1')
  }
}

function changed(content: string, edit: Extract<Edit, { do: 'line' | 'insert' | 'endings' }>): string {
  const [first = '', ...lines] = content.split(/(?<=\n)/)
  if (edit.do === 'endings') {
    const ending = edit.id === 'crlf' ? '\n' : '\r\n'
    return first + lines.map((line) => line.replace(/[ \r]*\n$/, ending)).join('')
  }
  const found = lines.findIndex((line) => /^\S+ line (\d+)/.exec(line)?.[1] === String(edit.at))
  if (found < 0) return content
  const line = lines[found] ?? ''
  if (edit.do === 'insert') lines.splice(found, 0, edit.text)
  else lines[found] = line.replace(/^(.* line \d+).*?([ \r]*\n?)$/s, `$1 ${edit.to}$2`)
  return first + lines.join('')
}

function isFree(dir: string, path: string): boolean {
  const parts = path.split('/')
  return parts.every((_, n) => {
    const stats = lstatSync(join(dir, ...parts.slice(0, n + 1)), { throwIfNoEntry: false })
    return stats === undefined || (n < parts.length - 1 && stats.isDirectory())
  })
}

function findById(dir: string, wanted: string): string | null {
  const mark = `id:${wanted}`
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || path.startsWith(join(dir, '.git'))) continue
    const start = readFileSync(path)
      .subarray(0, mark.length + 1)
      .toString('latin1')
    if (start === `${mark}\n` || (wanted === 'binary' && start.startsWith(mark))) return path
  }
  return null
}

/** Every file with its bytes, mode and link target, seen with plain eyes. */
export function look(dir: string): Readonly<Record<string, string>> {
  const seen: Record<string, string> = {}
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    const own = path.slice(dir.length + 1)
    if (entry.isDirectory() || own === '.git' || own.startsWith('.git/') || own.startsWith('.gump/')) continue
    const kind = entry.isSymbolicLink() ? 'link' : (lstatSync(path).mode & 0o100) === 0 ? 'file' : 'program'
    const content = kind === 'link' ? readlinkSync(path) : readFileSync(path).toString('base64')
    seen[own] = `${kind} ${content}`
  }
  return seen
}
