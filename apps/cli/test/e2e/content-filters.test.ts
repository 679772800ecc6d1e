import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { world, type World } from './support/world.js'
import { project } from './support/workflows.js'

const rot13 = 'tr A-Za-z N-ZA-Mn-za-m'

/** Two tasks side by side, then a step whose gate looks at what both have made. */
const tasks = `name: tasks
steps:
  - name: plan
    type: split
    agent: scripted
    prompt: "{spec}"
    parallel: true
    each:
      - name: write
        agent: scripted
        prompt: "{task.name}"
        gate:
          - touched: "*.{env,bin}"
          - bash: test "$(cat first.env)" = KEY=first
  - name: last
    agent: scripted
    prompt: "{spec}"
    gate:
      - bash: cat first.env a.env b.bin | tr '\\n' ' ' | grep -qx 'KEY=rotated KEY=new blob '
      - bash: git add -A && git diff --cached --stat | grep first.env
`

const script = `- match: {step: plan}
  do:
    - out: {plan: [{name: a, description: A.}, {name: b, description: B.}]}
- match: {task: a}
  do: [{write: {path: a.env, content: "KEY=new\\n"}}]
- match: {task: b}
  do: [{write: {path: b.bin, content: "blob\\n"}}]
- match: {step: last}
  do: [{write: {path: first.env, content: "KEY=rotated\\n"}}]
`

function filteredProject(attributes: string): World {
  return world({ ...project(script), '.gump/workflows/tasks.yaml': tasks, '.gitattributes': attributes })
}

function has(program: string): boolean {
  try {
    execFileSync(program, ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function reasonWithout(program: string): string {
  return has(program) ? '' : ` (skipped: ${program} is not installed)`
}

async function runAndApply({ gump, repo }: World): Promise<void> {
  const run = await gump(['run', 'tasks', '--spec', 'spec.md'])
  expect(run.stdout + run.stderr).toContain('Run completed: pass')
  const applied = await gump(['apply'])
  expect(applied.stderr).toBe('')
  expect(repo.read('first.env')).toBe('KEY=rotated\n')
  expect(repo.read('a.env')).toBe('KEY=new\n')
  expect(repo.read('b.bin')).toBe('blob\n')
  expect(repo.git('status', '--porcelain', '--untracked-files=no')).toBe('')
}

describe('a repository with content filters', () => {
  it('agents and gates see what the user sees, commits hold what git add stores', async () => {
    const made = filteredProject('*.env filter=rot\n')
    const { repo } = made
    for (const way of ['clean', 'smudge']) repo.git('config', `filter.rot.${way}`, rot13)
    repo.write('first.env', 'KEY=first\n')
    repo.commit()
    await runAndApply(made)
    expect(repo.git('cat-file', '-p', 'HEAD:a.env')).toBe('XRL=arj')
    expect(repo.git('cat-file', '-p', 'HEAD:first.env')).toBe('XRL=ebgngrq')
    expect(repo.git('cat-file', '-p', 'HEAD:b.bin')).toBe('blob')
  })

  it(`git-crypt${reasonWithout('git-crypt')}`, async ({ skip }) => {
    if (!has('git-crypt')) skip('git-crypt is not installed')
    const made = filteredProject('*.env filter=git-crypt diff=git-crypt\n')
    const { repo } = made
    execFileSync('git-crypt', ['init'], { cwd: repo.dir, stdio: 'ignore' })
    repo.write('first.env', 'KEY=first\n')
    repo.commit()
    await runAndApply(made)
    for (const path of ['a.env', 'first.env']) {
      const stored = execFileSync('git', ['cat-file', '-p', `HEAD:${path}`], { cwd: repo.dir })
      expect(stored.subarray(1, 9).toString('latin1')).toBe('GITCRYPT')
    }
  })

  it(`Git LFS${reasonWithout('git-lfs')}`, async ({ skip }) => {
    if (!has('git-lfs')) skip('git-lfs is not installed')
    const made = filteredProject('*.bin filter=lfs diff=lfs merge=lfs -text\n')
    const { repo } = made
    repo.git('lfs', 'install', '--local')
    repo.write('first.env', 'KEY=first\n')
    repo.write('old.bin', 'old\n')
    repo.commit()
    await runAndApply(made)
    const pointer = repo.git('cat-file', '-p', 'HEAD:b.bin')
    expect(pointer).toContain('version https://git-lfs.github.com/spec/v1')
    const oid = /oid sha256:(\w+)/u.exec(pointer)?.[1] ?? ''
    const kept = join(repo.dir, '.git/lfs/objects', oid.slice(0, 2), oid.slice(2, 4), oid)
    expect(readFileSync(kept, 'utf8')).toBe('blob\n')
    repo.git('lfs', 'fsck')
  })

  it('a filter that is required and missing is refused before the run', async () => {
    const made = filteredProject('*.env filter=rot\n')
    made.repo.git('config', 'filter.rot.required', 'true')
    made.repo.git('config', 'filter.rot.clean', 'no-such-filter %f')
    made.repo.git('config', 'filter.rot.smudge', 'cat')
    const { code, stderr } = await made.gump(['run', 'tasks', '--spec', 'spec.md'])
    expect(code).toBe(2)
    expect(stderr).toContain('no-such-filter')
    expect(existsSync(join(made.repo.dir, '.gump/runs'))).toBe(false)
    const dry = await made.gump(['run', 'tasks', '--spec', 'spec.md', '--dry-run'])
    expect(dry.code).toBe(2)
    expect(dry.stdout + dry.stderr).toContain('no-such-filter')
  })

  it('work that a filter cannot take stops the run, stays, and is not cleaned up unasked', async () => {
    const made = filteredProject('*.env filter=rot\n')
    const { repo, gump } = made
    const clean = `text=$(cat); case "$text" in *rotated) echo not this >&2; exit 1;; esac; echo "$text" | ${rot13}`
    repo.git('config', 'filter.rot.clean', clean)
    repo.git('config', 'filter.rot.smudge', rot13)
    repo.write('first.env', 'KEY=first\n')
    repo.commit()
    const { code, stdout } = await gump(['run', 'tasks', '--spec', 'spec.md'])
    expect(code).toBe(1)
    expect(stdout).toContain('GUMP-G012')
    expect(stdout).toContain('not this')
    expect((await gump(['gc'])).stdout).toMatch(/stays +its work is not applied/u)
    repo.git('config', 'filter.rot.clean', rot13)
    expect((await gump(['run', '--resume'])).code).toBe(0)
    await gump(['apply'])
    expect(repo.git('cat-file', '-p', 'HEAD:first.env')).toBe('XRL=ebgngrq')
  })
})
