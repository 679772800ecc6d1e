import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ArtifactStore } from '@gump/ledger'
import { createSecretMasker } from '@gump/process'
import type { Worktree } from '@gump/workspace'
import type { RunContext } from './run-context.js'

/** Writes the difference of two commits as an artifact. The commits keep what the agent wrote; the artifact has no secret. */
export async function writeMaskedDiff(
  { artifacts, masker }: Pick<RunContext, 'artifacts' | 'masker'>,
  worktree: Pick<Worktree, 'writeDiff'>,
  { from, to, path }: { readonly from: string; readonly to: string; readonly path: string },
): Promise<void> {
  const file = artifacts.pathFor(path)
  if (masker.secrets.length === 0) {
    await worktree.writeDiff(from, to, file)
    return
  }
  const raw = rawFile(artifacts, path)
  try {
    await worktree.writeDiff(from, to, raw)
    await maskInto(raw, file, masker.secrets)
  } finally {
    await rm(raw, { force: true })
  }
}

/** Beside the artifact, so that it is on the same file system and is removed with the run. */
function rawFile(artifacts: ArtifactStore, path: string): string {
  return artifacts.pathFor(`${path}.${randomUUID()}.tmp`)
}

async function maskInto(source: string, file: string, secrets: readonly string[]): Promise<void> {
  const masker = createSecretMasker(secrets)
  const masked = `${source}.masked`
  const transform = new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, masker.push(chunk)),
    flush: (done) => done(null, masker.end()),
  })
  try {
    await pipeline(createReadStream(source), transform, createWriteStream(masked))
    await rename(masked, file)
  } finally {
    await rm(masked, { force: true })
  }
}
