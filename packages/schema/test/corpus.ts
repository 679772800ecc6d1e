import { directoryPlaybook, type WorkflowSource } from '@gump/schema'
import { fileURLToPath } from 'node:url'

/** A workflow of the corpus, with the problems that its leading comments announce. */
export interface Case {
  readonly source: WorkflowSource
  /** `GUMP-W010 5:7`, in the order of the file. */
  readonly expected: readonly string[]
}

/** Every file of one folder of the corpus. */
export async function corpus(kind: 'valid' | 'invalid'): Promise<readonly Case[]> {
  const dir = fileURLToPath(new URL(`fixtures/${kind}`, import.meta.url))
  const sources = await directoryPlaybook({ origin: 'project', dir, displayRoot: dir }).list()
  return sources.map((source) => ({
    source,
    expected: [...source.text.matchAll(/^# expect (GUMP-W\d+ \d+:\d+)$/gm)].map((match) => match[1]!),
  }))
}
