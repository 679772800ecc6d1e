import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { canMount, place, plainClone, users } from './support/isolated.js'

const steps = fileURLToPath(new URL('./support/git-steps.sh', import.meta.url))
const script = `${readFileSync(steps, 'utf8').replace('own=$1', 'own=$OWN')}`
/** What goes wrong is part of the work, where the gate finds it. */
const work = `(\n${script}\n) > "$OWN/failures"\ncp "$OWN/failures" failures.txt\necho made > made.txt\nrm -f a.txt\n`
/** A gate uses git as freely. */
const gate = `cat failures.txt; test ! -s failures.txt && git status --porcelain | grep -qx '?? made.txt' &&
  git -c user.name=Gate -c user.email=gate@example.com commit -qam gate && git config gate.was here`

const shapes: readonly {
  readonly shape: string
  readonly make: string
  readonly init?: readonly string[]
}[] = [
  { shape: 'a clone', make: plainClone },
  {
    shape: 'a linked worktree',
    make: 'git clone -q origin main && git -C main worktree add -q -b mine ../repo',
  },
  { shape: 'a shallow clone', make: 'git clone -q --depth 2 "file://$PWD/origin" repo' },
  {
    shape: 'a partial clone',
    make: `git -C origin config uploadpack.allowFilter true &&
      git clone -q --filter=blob:none "file://$PWD/origin" repo`,
  },
  { shape: 'a SHA-256 repository', make: plainClone, init: ['--object-format=sha256'] },
  { shape: 'a clone with alternates', make: 'git clone -q --shared origin repo' },
  {
    shape: 'a clone with relative alternates',
    make: `${plainClone} && git clone -q --bare origin store &&
      echo ../../../store/objects > repo/.git/objects/info/alternates && git -C repo repack -qadl`,
  },
  { shape: 'a repository of a group', make: 'git clone -q -c core.sharedRepository=group origin repo' },
  {
    shape: 'a repository with an included configuration',
    make: `${plainClone} && printf '[user]\n\tname = Included\n' > extra &&
      git -C repo config include.path ../../extra`,
  },
]

describe.skipIf(!canMount).each(users)('the git of an agent, for $user,', (user) => {
  it.each(shapes)('works in $shape, and leaves the repository alone', async ({ make, init = [] }) => {
    const here = place(user, make, init)
    const common = here.git('rev-parse', '--path-format=absolute', '--git-common-dir').trim()
    const watched = ['config', 'HEAD', 'shallow'].map((name) => join(common, name))
    const refs = [
      'for-each-ref',
      '--format=%(objectname) %(refname)',
      'refs/heads',
      'refs/tags',
      'refs/remotes',
    ]
    const look = (): unknown => [
      here
        .git(...refs)
        .split('\n')
        .filter((line) => !line.includes('gump/')),
      here.git('status', '--porcelain', '--branch'),
      watched.map((file) => read(file)),
    ]
    const before = look()
    const { code, stdout, stderr } = await here.play(work, { gate })
    expect([code, stdout, stderr]).toEqual([0, expect.stringContaining('pass'), ''])
    expect(look()).toEqual(before)
    expect(here.recorded('failures.txt')).toBe('')
    expect(here.recorded('made.txt')).toBe('made\n')
    expect(() => here.recorded('a.txt')).toThrow()
    here.git('fsck', '--connectivity-only')
  })
})

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
