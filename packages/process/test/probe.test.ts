import { chmod, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { availableLevels, spec, testRunner } from './support/containers.js'

const levels = (await availableLevels()).map(({ level }) => level)
const linux = process.platform === 'linux'

describe('probe', () => {
  let folder = ''
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'gump-probe-'))))
  afterEach(() => rm(folder, { recursive: true }))

  /** A PATH with the usual tools and no bwrap. */
  const withoutBwrap = async (): Promise<string> => {
    for (const name of await readdir('/usr/bin')) {
      if (name !== 'bwrap') await symlink(join('/usr/bin', name), join(folder, name))
    }
    return folder
  }

  it('finds the strongest level, once', async () => {
    const runner = testRunner()
    const report = await runner.probe()
    expect(report.level).toBe(levels[0])
    expect(await runner.probe()).toBe(report)
  })

  it.skipIf(!linux)('falls back with a reason when there is no bubblewrap', async () => {
    const runner = testRunner({ env: { PATH: await withoutBwrap() } })
    const report = await runner.probe()
    expect(report.level).toBe(levels.includes('cgroup') ? 'cgroup' : 'group')
    expect(report.sandbox).toBe(false)
    expect(report.reason).toContain('bubblewrap (bwrap) is not on PATH')
    const sandbox = { mode: 'strict', readOnly: [], writable: [], hide: [] } as const
    const contained = await runner.start(spec('true', [], { sandbox }))
    expect(contained.sandboxed).toBe(false)
    expect((await contained.exit).code).toBe(0)
  })

  it.skipIf(!linux)('falls back with its words when bubblewrap is not permitted', async () => {
    // A test cannot have a kernel without user namespaces; bwrap 0.8 says this there.
    const message =
      'bwrap: No permissions to create new namespace, likely because the kernel does not allow it'
    const bwrap = join(folder, 'bwrap')
    await writeFile(bwrap, `#!/bin/sh\necho '${message}' >&2\nexit 1\n`)
    await chmod(bwrap, 0o755)
    const report = await testRunner({ bwrap }).probe()
    expect(report.level).not.toBe('namespace')
    expect(report.reason).toContain(`bubblewrap does not work here: ${message}`)
  })

  it('takes a level that is asked for, or says why not', async () => {
    for (const level of ['namespace', 'cgroup', 'group'] as const) {
      const runner = testRunner({ forceLevel: level })
      if (levels.includes(level)) expect((await runner.probe()).level).toBe(level)
      else await expect(runner.probe()).rejects.toMatchObject({ code: 'GUMP-X004', data: { level } })
    }
    const missing = testRunner({ forceLevel: 'namespace', bwrap: join(folder, 'missing') })
    await expect(missing.start(spec('true'))).rejects.toMatchObject({ code: 'GUMP-X004' })
  })
})
