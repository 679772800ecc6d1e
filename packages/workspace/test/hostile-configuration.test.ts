import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import {
  describing,
  filesOf,
  openRun,
  temporaryFolder,
  temporaryRepository,
} from './support/temporary-repository.js'

const hooks = [
  'applypatch-msg',
  'commit-msg',
  'post-checkout',
  'post-commit',
  'post-index-change',
  'post-merge',
  'post-rewrite',
  'pre-auto-gc',
  'pre-commit',
  'pre-merge-commit',
  'prepare-commit-msg',
  'reference-transaction',
]

const settings: Readonly<Record<string, string>> = {
  'apply.whitespace': 'fix',
  'color.diff': 'always',
  'color.status': 'always',
  'color.ui': 'always',
  'commit.gpgSign': 'true',
  'commit.template': '/nowhere',
  'core.abbrev': '5',
  'core.autocrlf': 'true',
  'core.eol': 'crlf',
  'core.fileMode': 'false',
  'core.quotePath': 'true',
  'core.safecrlf': 'true',
  'core.symlinks': 'false',
  'core.whitespace': 'trailing-space',
  'diff.algorithm': 'patience',
  'diff.context': '0',
  'diff.external': 'false',
  'diff.ignoreSubmodules': 'all',
  'diff.mnemonicPrefix': 'true',
  'diff.noprefix': 'true',
  'diff.orderFile': '/nowhere',
  'diff.renames': 'false',
  'diff.shout.textconv': 'tr a-z A-Z <',
  'diff.wordRegex': '.',
  'filter.shout.clean': 'tr a-z A-Z',
  'filter.shout.required': 'true',
  'filter.shout.smudge': 'tr a-z A-Z',
  'format.pretty': 'oneline',
  'gpg.program': 'false',
  'log.showSignature': 'true',
  'merge.conflictStyle': 'diff3',
  'merge.ours.driver': 'false',
  'merge.renames': 'false',
  'merge.shout.driver': 'false',
  'merge.verifySignatures': 'true',
  'status.short': 'true',
  'status.showUntrackedFiles': 'no',
  'submodule.recurse': 'true',
  'tag.gpgSign': 'true',
  'user.useConfigOnly': 'true',
}

const environment = {
  GIT_DIR: '/nowhere',
  GIT_WORK_TREE: '/nowhere',
  GIT_INDEX_FILE: '/nowhere/index',
  GIT_OBJECT_DIRECTORY: '/nowhere/objects',
  GIT_COMMON_DIR: '/nowhere',
  GIT_NAMESPACE: 'other',
  GIT_EXTERNAL_DIFF: 'false',
  GIT_DIFF_OPTS: '-u0',
  GIT_AUTHOR_NAME: 'Mallory',
  GIT_COMMITTER_EMAIL: '',
  GIT_AUTHOR_DATE: 'yesterday',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'core.bare',
  GIT_CONFIG_VALUE_0: 'true',
  GIT_CONFIG_PARAMETERS: "'core.bare'='true'",
  GIT_GLOB_PATHSPECS: '1',
  GIT_ICASE_PATHSPECS: '1',
  GIT_TRACE: '1',
  GIT_OPTIONAL_LOCKS: '1',
  LC_ALL: 'de_DE.UTF-8',
  LANGUAGE: 'de',
}

/** Files whose bytes the settings above would change. */
const files: Readonly<Record<string, string>> = {
  'crlf.txt': 'one\r\ntwo\r\n',
  'lf.txt': 'one\ntwo\n',
  'mixed.txt': 'one\r\ntwo\nthree',
  'blanks.txt': 'trailing   \n\n\n',
  'shout.txt': 'quiet\n',
  'ünïcode/ä b.txt': 'ä\n',
}

function plant(place: 'user' | 'repository'): {
  repository: ReturnType<typeof temporaryRepository>
  proof: string
} {
  const repository = temporaryRepository({
    ...files,
    '.gitattributes': 'shout.txt filter=shout diff=shout merge=shout\n',
  })
  const proof = join(repository.home, 'a-hook-ran')
  const hookDir = place === 'user' ? join(repository.home, 'hooks') : join(repository.dir, '.git/hooks')
  mkdirSync(hookDir, { recursive: true })
  for (const hook of [...hooks, 'monitor']) {
    writeFileSync(join(hookDir, hook), `#!/bin/sh\ntouch '${proof}'\nexit 1\n`)
    chmodSync(join(hookDir, hook), 0o755)
  }
  const file = place === 'user' ? join(repository.home, '.gitconfig') : join(repository.dir, '.git/config')
  const set = (key: string, value: string): void => {
    repository.gitIn(repository.home, 'config', '--file', file, key, value)
  }
  for (const [key, value] of Object.entries(settings)) set(key, value)
  set('core.fsmonitor', join(hookDir, 'monitor'))
  if (place === 'user') {
    set('core.hooksPath', hookDir)
    writeFileSync(join(repository.home, 'attributes'), '* -text -diff filter=shout\n')
    set('core.attributesFile', join(repository.home, 'attributes'))
  } else writeFileSync(join(repository.dir, '.git/info/attributes'), '* text filter=shout ident\n')
  return { repository, proof }
}

describe.each(['user', 'repository'] as const)('with a hostile configuration of the %s', (place) => {
  test('a step keeps every byte, and no hook, filter or key gets in', async () => {
    const { repository, proof } = plant(place)
    const workspace = await repository.open({ env: { ...repository.env, ...environment } })
    const { head, worktree } = await openRun(workspace)
    const original = filesOf(worktree.dir)
    for (const [path, content] of Object.entries(files)) {
      expect(original[Buffer.from(path).toString('latin1')]).toBe(
        `file ${Buffer.from(content).toString('latin1')}`,
      )
    }
    for (const [path, content] of Object.entries(files)) {
      writeFileSync(join(worktree.dir, path), `${content}more\r\nand more\n`)
    }
    writeFileSync(join(worktree.dir, 'tool.sh'), '#!/bin/sh\n')
    chmodSync(join(worktree.dir, 'tool.sh'), 0o755)
    const written = filesOf(worktree.dir)
    const snapshot = await worktree.snapshot({
      base: head,
      ref: 'refs/gump/r1/impl/@1.1.1',
      describe: describing('impl'),
    })
    expect(snapshot.files).toHaveLength(Object.keys(files).length + 1)

    const diff = join(temporaryFolder(), 'diff.patch')
    await worktree.writeDiff(head, snapshot.commit!, diff)
    const text = readFileSync(diff, 'utf8')
    expect(text).toContain('diff --git a/crlf.txt b/crlf.txt\n')
    expect(text).toContain('\n two\r\n+more\r\n')
    expect(text).toContain('+++ b/ünïcode/ä b.txt')
    expect(text).toContain('\n quiet\n')
    expect(text).not.toContain('\u001B')

    await worktree.restore(head, 'reset')
    expect(filesOf(worktree.dir)).toEqual(original)
    await worktree.restore(snapshot.commit!, 'reset')
    expect(filesOf(worktree.dir)).toEqual(written)
    const promoted = await worktree.promote({
      from: head,
      snapshot: snapshot.commit!,
      describe: describing('impl', 'r1', 'pass'),
    })
    const merged = await workspace.integrate({
      ours: promoted,
      theirs: head,
      base: head,
      describe: describing('merge'),
    })
    expect(merged.status).toBe('merged')
    expect(existsSync(proof)).toBe(false)
    expect(
      repository.git(
        '-c',
        'log.showSignature=false',
        '-c',
        'core.fsmonitor=false',
        'cat-file',
        'commit',
        promoted,
      ),
    ).toMatch(
      /^tree .*\nparent .*\nauthor Gump <gump@localhost> \d+ \+0000\ncommitter Gump <gump@localhost> \d+ \+0000\n\nimpl\n/u,
    )
  })

  test('two changes of one file merge', async () => {
    const { repository, proof } = plant(place)
    const workspace = await repository.open({ env: { ...repository.env, ...environment } })
    const { head } = await workspace.facts()
    const commits: string[] = []
    for (const [run, content] of Object.entries({
      top: 'zero\r\none\r\ntwo\r\n',
      end: 'one\r\ntwo\r\nthree  ',
    })) {
      const { worktree } = await openRun(workspace, run)
      writeFileSync(join(worktree.dir, 'crlf.txt'), content)
      const ref = `refs/gump/${run}/impl/@1.1.1`
      commits.push((await worktree.snapshot({ base: head, ref, describe: describing('impl', run) })).commit!)
    }
    const [ours = '', theirs = ''] = commits
    const merged = await workspace.integrate({ ours, theirs, base: head, describe: describing('merge') })
    expect(merged.status).toBe('merged')
    const commit = merged.status === 'merged' ? merged.commit : ''
    expect(Buffer.from((await workspace.readFileAt(commit, 'crlf.txt')) ?? []).toString()).toBe(
      'zero\r\none\r\ntwo\r\nthree  ',
    )
    expect((await workspace.readCommit(commit)).parents).toEqual(commits)
    expect(existsSync(proof)).toBe(false)
  })
})

test('tracked attributes decide about line endings', async () => {
  const repository = temporaryRepository({
    '.gitattributes': '*.bat text eol=crlf\n*.txt text\n',
    'a.bat': 'one\n',
  })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  expect(readFileSync(join(worktree.dir, 'a.bat'), 'utf8')).toBe('one\r\n')
  writeFileSync(join(worktree.dir, 'a.bat'), 'one\r\ntwo\r\n')
  writeFileSync(join(worktree.dir, 'a.txt'), 'one\r\n')
  const { commit } = await worktree.snapshot({
    base: head,
    ref: 'refs/gump/r1/impl/@1.1.1',
    describe: describing('impl'),
  })
  expect(repository.git('show', `${commit}:a.bat`)).toBe('one\ntwo\n')
  expect(repository.git('show', `${commit}:a.txt`)).toBe('one\n')
})

test('files that the user ignores everywhere stay out', async () => {
  const repository = temporaryRepository()
  mkdirSync(join(repository.home, '.config/git'), { recursive: true })
  writeFileSync(join(repository.home, '.config/git/ignore'), '.DS_Store\n')
  writeFileSync(join(repository.dir, '.git/info/exclude'), 'notes.txt\n')
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  for (const name of ['.DS_Store', 'notes.txt']) writeFileSync(join(worktree.dir, name), '')
  const request = { base: head, ref: 'refs/gump/r1/impl/@1.1.1', describe: describing('impl') }
  expect((await worktree.snapshot(request)).commit).toBeNull()
})
