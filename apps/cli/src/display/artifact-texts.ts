import { open } from 'node:fs/promises'
import { join } from 'node:path'

import type { RunReport } from '@gump/report'

/** Enough to read on a page; the file holds the rest. */
const longest = 256 * 1024

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
  const texts = await Promise.all(wanted.map(async (path) => [path, await head(join(dir, path))] as const))
  return Object.fromEntries(texts.filter((entry): entry is [string, string] => entry[1] !== null))
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
