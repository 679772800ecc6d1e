import { execFile } from 'node:child_process'

import type { ReplayedFile } from '@gump/agents'
import type { EventOf } from '@gump/ledger'
import { readingEnvironment } from '@gump/workspace'

/** The files that an attempt left, as its snapshot holds them, byte for byte. */
export async function recordedFiles(
  root: string,
  snapshot: EventOf<'snapshot_created'>,
): Promise<readonly ReplayedFile[]> {
  const { commit, files } = snapshot
  const kept = files.filter(({ status }) => status !== 'deleted').map(({ path }) => path)
  const modes = await fileModes(root, commit, kept)
  return await Promise.all(
    files.map(async ({ path, status }): Promise<ReplayedFile> => {
      if (status === 'deleted') return { path, deleted: true }
      const bytes = await git(root, ['cat-file', 'blob', `${commit}:${path}`])
      const text = bytes.toString('utf8')
      const exact = Buffer.from(text, 'utf8').equals(bytes)
      const mode = modes.get(path)
      return {
        path,
        content: exact ? text : bytes.toString('base64'),
        ...(exact ? {} : { encoding: 'base64' as const }),
        ...(mode === undefined ? {} : { mode }),
      }
    }),
  )
}

/** Permission bits of regular files. */
async function fileModes(
  root: string,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (paths.length === 0) return new Map()
  const listing = await git(root, ['ls-tree', '-z', commit, '--', ...paths])
  const rows = listing.toString('utf8').split('\0')
  return new Map(
    rows.flatMap((row) => {
      const [, mode, path] = /^100(644|755) blob [0-9a-f]+\t(.*)$/su.exec(row) ?? []
      return mode === undefined || path === undefined ? [] : [[path, Number.parseInt(mode, 8)] as const]
    }),
  )
}

function git(cwd: string, args: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...args],
      { cwd, env: readingEnvironment(process.env), encoding: 'buffer', maxBuffer: 1024 * 1024 * 1024 },
      (error, stdout) => {
        if (error === null) resolve(stdout)
        else reject(error)
      },
    )
  })
}
