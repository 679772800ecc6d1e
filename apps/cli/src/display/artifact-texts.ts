import { open } from 'node:fs/promises'
import { join } from 'node:path'

import type { RunReport } from '@gump/report'

/** Enough to read on a page; the file holds the rest. */
const longest = 256 * 1024

/** All of them together, so that a browser opens the page. */
const mostCharacters = 5_000_000

/** The texts that a page about a run shows: prompts, streams, diffs and logs, by their path. Missing ones are left out. */
export async function artifactTexts(
  dir: string,
  report: RunReport,
): Promise<Readonly<Record<string, string>>> {
  const paths = report.steps.flatMap(({ attempts }) =>
    attempts.flatMap(({ launches, gates }) => [
      ...gates.map(({ log }) => log),
      ...launches.flatMap(({ artifacts }) => Object.values(artifacts)),
    ]),
  )
  const wanted = [...new Set(paths)].filter((path) => path !== null)
  const texts: [path: string, text: string][] = []
  let left = mostCharacters
  for (const path of wanted) {
    const text = await head(join(dir, path))
    if (text === null) continue
    texts.push([path, text.length <= left ? text : `Left out, because the page would be too large: ${path}`])
    left -= text.length <= left ? text.length : 0
  }
  return Object.fromEntries(texts)
}

async function head(file: string): Promise<string | null> {
  const handle = await open(file, 'r').catch(() => null)
  if (handle === null) return null
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longest), 0, longest, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}
