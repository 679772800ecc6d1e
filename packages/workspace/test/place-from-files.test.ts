import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { placeFromFiles } from '../src/repository/place-from-files.js'
import { temporaryFolder, temporaryRepository } from './support/temporary-repository.js'

type Made = ReturnType<typeof temporaryRepository>

/** What git says of a folder. */
function asked({ gitIn }: Made, folder: string): Readonly<Record<string, string>> {
  const flags = ['--show-object-format', '--show-toplevel', '--absolute-git-dir', '--git-common-dir']
  const said = gitIn(folder, 'rev-parse', '--path-format=absolute', ...flags)
  const [format = '', root = '', gitDir = '', commonDir = ''] = said.split('\n')
  return { format, root, gitDir, commonDir }
}

describe('an ordinary repository is found as git finds it', () => {
  test.each<readonly [string, (made: Made) => string]>([
    ['from its top', ({ dir }) => dir],
    [
      'from a folder in it',
      ({ dir }) => {
        mkdirSync(join(dir, 'a/b'), { recursive: true })
        return join(dir, 'a/b')
      },
    ],
    [
      'through a link',
      ({ dir }) => {
        const link = join(temporaryFolder(), 'link')
        symlinkSync(dir, link)
        return link
      },
    ],
    [
      'with a detached HEAD',
      ({ dir, git }) => {
        git('checkout', '-q', '--detach')
        return dir
      },
    ],
    [
      'without a commit',
      ({ dir, git }) => {
        git('checkout', '-q', '--orphan', 'empty')
        return dir
      },
    ],
  ])('%s', (_how, place) => {
    const made = temporaryRepository()
    const folder = place(made)
    expect(placeFromFiles(folder)).toEqual({ ...asked(made, folder), files: true })
  })
})

describe('everything else is left to git', () => {
  const set =
    (...args: readonly string[]) =>
    ({ git, dir }: Made): string => {
      git('config', ...args)
      return dir
    }
  test.each<readonly [string, (made: Made) => string]>([
    ['a bare one', set('core.bare', 'true')],
    ['one with its working tree elsewhere', set('core.worktree', '/tmp')],
    ['one that includes configuration', set('includeIf.gitdir:/.path', 'more')],
    ['one with extensions', set('extensions.worktreeConfig', 'true')],
    ['one of another format', set('core.repositoryFormatVersion', '1')],
    [
      'a boolean without a value',
      ({ dir }) => {
        writeFileSync(join(dir, '.git/config'), '[core]\n\tbare\n')
        return dir
      },
    ],
    [
      'a linked working tree',
      ({ git, dir }) => {
        git('worktree', 'add', '-q', join(dir, 'linked'))
        return join(dir, 'linked')
      },
    ],
    ['the git folder itself', ({ dir }) => join(dir, '.git')],
    [
      'a git folder that is a link',
      ({ dir }) => {
        renameSync(join(dir, '.git'), join(dir, 'moved'))
        symlinkSync('moved', join(dir, '.git'))
        return dir
      },
    ],
    [
      'a bare repository in a working tree',
      ({ git, dir }) => {
        git('init', '-q', '--bare', join(dir, 'bare'))
        return join(dir, 'bare')
      },
    ],
    [
      'a HEAD that leads nowhere',
      ({ dir }) => {
        writeFileSync(join(dir, '.git/HEAD'), 'nonsense\n')
        return dir
      },
    ],
    [
      'an empty git folder',
      ({ dir }) => {
        mkdirSync(join(dir, 'sub/.git'), { recursive: true })
        return join(dir, 'sub')
      },
    ],
    ['a folder that is in none', () => temporaryFolder()],
    ['a folder that is not there', ({ dir }) => join(dir, 'gone')],
  ])('%s', (_what, place) => {
    expect(placeFromFiles(place(temporaryRepository()))).toBeNull()
  })
})
