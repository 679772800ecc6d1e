import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ProcessSpec, SandboxPolicy } from '@gump/process'
import { findOnPath } from '@gump/process'
import { bundle } from './support/bundle.js'
import { availableLevels, fixture, spec } from './support/containers.js'

const run = promisify(execFile)
const levels = (await availableLevels()).map(({ level }) => level)
const NOBODY = 65534
const setpriv = process.getuid?.() === 0 ? findOnPath('setpriv', process.env) : undefined

let built: Awaited<ReturnType<typeof bundle>>
beforeAll(async () => {
  built = await bundle()
  await chmod(built.folder, 0o755)
})
afterAll(() => rm(built.folder, { recursive: true }))

interface Outcome {
  readonly lines: string[]
  readonly errors: string[]
  readonly status: { code: number | null; spawnError?: string }
  readonly level: string
  readonly sandboxed: boolean
}

/** Whom the programs run as; the runner itself runs as the same user. */
const users = [
  { user: 'the user of the tests', prefix: [] as string[], uid: undefined as number | undefined },
  ...(setpriv === undefined
    ? []
    : [
        {
          user: 'a plain user',
          prefix: [setpriv, `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
          uid: NOBODY,
        },
      ]),
]

describe.skipIf(!levels.includes('namespace')).each(users)('the sandbox for $user', ({ prefix, uid }) => {
  let root = ''
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'gump-sandbox-'))
    for (const folder of ['repo/src', 'repo/.git', 'repo/work/out', 'home/.ssh', 'elsewhere']) {
      await mkdir(join(root, folder), { recursive: true })
    }
    for (const file of [
      'repo/src/a.txt',
      'repo/work/b.txt',
      'home/.ssh/id',
      'home/.netrc',
      'elsewhere/c.txt',
    ]) {
      await writeFile(join(root, file), `${file}\n`)
    }
    await symlink(join(root, 'repo'), join(root, 'link'))
    await symlink(join(root, 'nowhere'), join(root, 'broken'))
    await mkdir(join(root, 'empty'))
    if (uid !== undefined) await run('chown', ['-R', `${uid}:${uid}`, root])
    else await chown(root, process.getuid?.() ?? 0, process.getgid?.() ?? 0)
  })
  afterEach(() => rm(root, { recursive: true }))

  const at = (path: string): string => join(root, path)

  /** Runs a script below a policy whose paths start at the test's folder. */
  const sandboxed = async (
    script: string,
    policy: Partial<SandboxPolicy>,
    more: Partial<ProcessSpec> = {},
  ): Promise<Outcome> => {
    const sandbox = { mode: 'auto', readOnly: [], writable: [], hide: [], ...policy } as const
    const what = spec('/bin/sh', ['-c', script], { cwd: root, sandbox, ...more })
    const options = { tempDir: at('temp') }
    await mkdir(options.tempDir, { recursive: true })
    if (uid !== undefined) await chown(options.tempDir, uid, uid)
    const [file = '', ...args] = [
      ...prefix,
      process.execPath,
      fixture('run-once.mjs'),
      built.file,
      JSON.stringify({ options, spec: what }),
    ]
    const { stdout } = await run(file, args, { cwd: '/' })
    const outcome = JSON.parse(stdout)
    expect(outcome).toMatchObject({ level: 'namespace', sandboxed: true })
    return outcome
  }

  /** Tries to change each file and reports the result. */
  const attempts = async (
    files: string[],
    policy: Partial<SandboxPolicy>,
  ): Promise<Record<string, string>> => {
    const script = files.map((file) => `(echo changed > '${at(file)}') 2>&1 || :`).join('\n')
    const { lines } = await sandboxed(script, policy)
    const results: Record<string, string> = {}
    for (const file of files) {
      const content = await readFile(at(file), 'utf8').catch(() => '')
      const complaint = lines.find((line) => line.includes(`${at(file)}:`))
      results[file] = content === 'changed\n' ? 'written' : (complaint?.split(': ').at(-1) ?? 'lost')
    }
    return results
  }

  const DENIED = 'Read-only file system'

  it('protects what is read-only, except what is writable in it', async () => {
    const files = [
      'repo/src/a.txt',
      'repo/new.txt',
      'repo/work/b.txt',
      'repo/work/out/d.txt',
      'elsewhere/c.txt',
    ]
    expect(await attempts(files, { readOnly: [at('repo')], writable: [at('repo/work')] })).toEqual({
      'repo/src/a.txt': DENIED,
      'repo/new.txt': DENIED,
      'repo/work/b.txt': 'written',
      'repo/work/out/d.txt': 'written',
      'elsewhere/c.txt': 'written',
    })
  })

  it('protects what is read-only inside what is writable, and single files', async () => {
    const files = ['repo/work/b.txt', 'repo/work/out/d.txt', 'repo/src/a.txt']
    const policy = {
      readOnly: [at('repo'), at('repo/work')],
      writable: [at('repo/work/out'), at('repo/src/a.txt')],
    }
    expect(await attempts(files, policy)).toEqual({
      'repo/work/b.txt': DENIED,
      'repo/work/out/d.txt': 'written',
      'repo/src/a.txt': 'written',
    })
    expect(await attempts(['elsewhere/c.txt'], { readOnly: [at('elsewhere/c.txt')] })).toEqual({
      'elsewhere/c.txt': DENIED,
    })
  })

  it('turns round under strict', async () => {
    const files = ['repo/src/a.txt', 'elsewhere/c.txt', 'repo/work/b.txt', 'temp/t.txt']
    const guarded = {
      mode: 'strict',
      readOnly: [at('repo'), at('elsewhere')],
      writable: [at('repo/work')],
    } as const
    expect(await attempts(files, guarded)).toEqual({
      'repo/src/a.txt': DENIED,
      'elsewhere/c.txt': DENIED,
      'repo/work/b.txt': 'written',
      'temp/t.txt': DENIED,
    })
    const script =
      'echo x > /dev/null && echo null; echo y > /tmp/gump-$$ && rm /tmp/gump-$$ && echo tmp; touch /etc/gump-x /usr/gump-x; mkdir /gump-x'
    const { lines, errors } = await sandboxed(script, { mode: 'strict' })
    expect(lines).toEqual(['null', 'tmp'])
    expect(errors.filter((line) => line.endsWith(DENIED)).length).toBe(3)
  })

  it('hides folders and files, and what is in them', async () => {
    const script = `ls -A '${at('home/.ssh')}' | wc -l; wc -c < '${at('home/.netrc')}'; test -f '${at('home/.netrc')}' && echo file
      echo x > '${at('home/.ssh/new')}' || echo no; echo x > '${at('home/.netrc')}' || echo no`
    const { lines } = await sandboxed(script, { hide: [at('home/.ssh'), at('home/.netrc')] })
    const words = lines.map((line) => line.trim())
    expect(words).toEqual(['0', '0', 'file', 'no', 'no'])
    expect(await readdir(at('home/.ssh'))).toEqual(['id'])
    expect(await readFile(at('home/.netrc'), 'utf8')).toBe('home/.netrc\n')
  })

  it('shows again what is writable or read-only inside of what is hidden', async () => {
    const script = `ls -A '${root}'; cat '${at('repo/src/a.txt')}'; echo z > '${at('repo/work/z')}'; echo z > '${at('repo/src/z')}' || echo no`
    const policy = { hide: [root], readOnly: [at('repo/src')], writable: [at('repo/work'), at('repo/.git')] }
    const { lines } = await sandboxed(script, policy, { cwd: at('repo/work') })
    expect(lines).toEqual(['repo', 'repo/src/a.txt', 'no'])
    expect(await readFile(at('repo/work/z'), 'utf8')).toBe('z\n')
  })

  it('follows symbolic links, in the policy and in the program', async () => {
    const files = ['link/src/a.txt', 'repo/src/a.txt', 'link/work/b.txt']
    expect(await attempts(files, { readOnly: [at('link')], writable: [at('link/work')] })).toEqual({
      'link/src/a.txt': DENIED,
      'repo/src/a.txt': DENIED,
      'link/work/b.txt': 'written',
    })
    const { lines, errors } = await sandboxed(`cat '${at('link/.git/x')}' '${at('link/src/a.txt')}'; :`, {
      hide: [at('link/src')],
    })
    expect(lines).toEqual([])
    expect(errors.every((line) => line.includes('No such file'))).toBe(true)
  })

  it('does without paths that do not exist, and makes none', async () => {
    const missing = ['missing', 'missing/a/b', 'broken', 'repo/src/a.txt/below'].map(at)
    for (const mode of ['auto', 'strict'] as const) {
      const { status } = await sandboxed('true', {
        mode,
        readOnly: missing,
        writable: missing,
        hide: missing,
      })
      expect(status).toEqual({ code: 0, signal: null })
    }
    expect((await readdir(root)).toSorted()).toEqual(
      ['broken', 'elsewhere', 'empty', 'home', 'link', 'repo', 'temp'].toSorted(),
    )
  })

  it('cannot be undone by mounting', async () => {
    const repo = at('repo')
    const script = `mount -o remount,rw,bind '${repo}' 2>/dev/null; umount -l '${repo}' 2>/dev/null; echo x > '${repo}/src/a.txt' || echo no`
    const { lines } = await sandboxed(script, { readOnly: [repo] })
    expect(lines).toEqual(['no'])
    expect(await readFile(at('repo/src/a.txt'), 'utf8')).toBe('repo/src/a.txt\n')
  })

  it('sees its own processes only', async () => {
    const { lines } = await sandboxed('ls -d /proc/[0-9]* | wc -l', { readOnly: [at('repo')] })
    expect(Number(lines[0])).toBeLessThan(6)
  })

  it('lets the program bring a sandbox of its own', async () => {
    // What Codex does: a user namespace with a read-only view of everything.
    const inner = `bwrap --unshare-user --unshare-pid --ro-bind / / --dev-bind /dev /dev --bind '${at('empty')}' '${at('empty')}' -- sh -c "echo y > '${at('empty/y')}'; echo x > '${at('elsewhere/c.txt')}' || echo no"`
    const { lines, status } = await sandboxed(inner, { readOnly: [at('repo')] })
    expect(lines).toEqual(['no'])
    expect(status.code).toBe(0)
    expect(await readFile(at('empty/y'), 'utf8')).toBe('y\n')
  })

  it('says that the program never ran when the sandbox hides it', async () => {
    await writeFile(at('empty/tool'), '#!/bin/sh\necho ran\n', { mode: 0o755 })
    const { status, lines } = await sandboxed(
      '',
      { hide: [at('empty')] },
      { file: at('empty/tool'), args: [] },
    )
    expect(status).toMatchObject({ code: null, spawnError: expect.stringContaining('No such file') })
    expect(lines).not.toContain('ran')
  })
})

describe.skipIf(!levels.includes('namespace'))('a sandbox policy', () => {
  it('with a relative path is refused', async () => {
    const { testRunner } = await import('./support/containers.js')
    const sandbox = { mode: 'auto', readOnly: ['src'], writable: [], hide: [] } as const
    await expect(testRunner().start(spec('true', [], { sandbox }))).rejects.toMatchObject({
      code: 'GUMP-X005',
    })
    expect(existsSync('/src')).toBe(false)
  })
})
