import { constants } from 'node:fs'
import { lstat, open, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/** What a file of `.gump/out/` holds, or why it cannot be used. */
export type OutFile =
  | { readonly status: 'read'; readonly text: string }
  | { readonly status: 'missing' }
  | { readonly status: 'refused'; readonly reason: string }

const maxBytes = 4 * 1024 * 1024

/** Reads an output file that an agent wrote; no link is followed, and its size is bounded. */
export async function readOutFile(root: string, name: string): Promise<OutFile> {
  const folder = join(root, '.gump', 'out')
  const file = join(folder, name)
  const info = await lstat(file).catch(() => null)
  if (info === null) return { status: 'missing' }
  if (!info.isFile()) return { status: 'refused', reason: `.gump/out/${name} is not a regular file` }
  if ((await realpath(folder)) !== join(await realpath(root), '.gump', 'out')) {
    return { status: 'refused', reason: '.gump/out is a link to somewhere else' }
  }
  if (info.size > maxBytes) {
    return { status: 'refused', reason: `.gump/out/${name} is larger than 4 MiB (${info.size} bytes)` }
  }
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    return { status: 'read', text: await handle.readFile('utf8') }
  } finally {
    await handle.close()
  }
}

/** The last fenced block of a message that says it is JSON, or looks like it. */
export function lastFencedJson(message: string): string | null {
  const blocks = [...message.matchAll(/^[ \t]*```([^\n]*)\n([\s\S]*?)^[ \t]*```[ \t]*$/gm)]
  const json = blocks.findLast(
    ([, info, body]) => /^json/i.test(info?.trim() ?? '') || /^\s*[[{]/.test(body ?? ''),
  )
  return json?.[2]?.trim() ?? null
}
