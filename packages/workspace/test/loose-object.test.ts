import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import isomorphicGit from 'isomorphic-git'
import { expect, onTestFinished, test } from 'vitest'

import { renderCommit } from '../src/objects/commit-bytes.js'
import { writeLooseObject } from '../src/objects/loose-object.js'

function bareRepository(format: 'sha1' | 'sha256') {
  const commonDir = mkdtempSync(join(tmpdir(), 'gump-objects-'))
  onTestFinished(() => rmSync(commonDir, { recursive: true, force: true }))
  const env = { PATH: process.env['PATH'], HOME: commonDir, GIT_CONFIG_NOSYSTEM: '1' }
  const git = (args: readonly string[], input: string | Uint8Array = '') =>
    execFileSync('git', args, { cwd: commonDir, env, input, stdio: ['pipe', 'pipe', 'inherit'] })
  git(['init', '-q', '--bare', `--object-format=${format}`])
  const tree = git(['hash-object', '-t', 'tree', '-w', '--stdin']).toString().trim()
  const commit = (message: string) =>
    renderCommit({
      tree,
      parents: [],
      author: 'Å <a@example.com> 1700000000 +0000',
      committer: 'B <b@example.com> 1700000001 +0000',
      message: `${message}\n`,
    })
  return { place: { commonDir, format, shared: null, power: true }, git, commit }
}

for (const format of ['sha1', 'sha256'] as const) {
  test(`git reads the commits of a ${format} repository and finds nothing wrong with them`, async () => {
    const { place, git, commit } = bareRepository(format)
    const texts = ['one', 'größer 🎈', 'x'.repeat(200_000), '']
    for (const text of texts) {
      const content = commit(text)
      const id = await writeLooseObject(place, 'commit', content)
      expect(id).toBe(git(['hash-object', '-t', 'commit', '--stdin'], content).toString().trim())
      expect(git(['cat-file', 'commit', id])).toEqual(content)
      git(['update-ref', `refs/heads/${id}`, id])
    }
    git(['fsck', '--strict', '--full'])
  })
}

test('writing an object again leaves the file as it is, readable by all and writable by nobody', async () => {
  const { place, commit } = bareRepository('sha1')
  const id = await writeLooseObject(place, 'commit', commit('one'))
  const file = join(place.commonDir, 'objects', id.slice(0, 2), id.slice(2))
  const before = statSync(file)
  expect(before.mode & 0o777).toBe(0o444)
  expect(await writeLooseObject(place, 'commit', commit('one'))).toBe(id)
  expect(statSync(file).ino).toBe(before.ino)
})

test('several writers of one object agree', async () => {
  const { place, git, commit } = bareRepository('sha1')
  const ids = await Promise.all(
    Array.from({ length: 20 }, () => writeLooseObject(place, 'commit', commit('same'))),
  )
  expect(new Set(ids).size).toBe(1)
  expect(git(['count-objects']).toString()).toMatch(/^2 objects/u)
})

test('isomorphic-git reads the same bytes, whatever they are', async () => {
  const { place } = bareRepository('sha1')
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (content) => {
      const oid = await writeLooseObject(place, 'commit', content)
      const read = await isomorphicGit.readObject({
        fs,
        gitdir: place.commonDir,
        oid,
        format: 'content',
      })
      expect(read.type).toBe('commit')
      expect(Buffer.from(read.object as Uint8Array)).toEqual(Buffer.from(content))
    }),
    { numRuns: 50 },
  )
})
