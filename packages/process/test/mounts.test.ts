import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SandboxPolicy } from '@gump/process'
import { sandboxArguments } from '../src/containment/bwrap-arguments.js'
import {
  accessAt,
  NO_SURROUNDINGS,
  planMounts,
  type Access,
  type ResolvePath,
} from '../src/sandbox/mounts.js'
import { seatbeltProfile } from '../src/sandbox/seatbelt.js'

const everywhere: ResolvePath = (path) => ({ path, kind: path.endsWith('.txt') ? 'file' : 'folder' })

function policy(more: Partial<SandboxPolicy>): SandboxPolicy {
  return { mode: 'auto', readOnly: [], writable: [], hide: [], ...more }
}

describe('planMounts', () => {
  it('lets the longest path decide', () => {
    const mounts = planMounts(
      policy({
        readOnly: ['/repo', '/tmp/repo'],
        writable: ['/repo/work', '/tmp'],
        hide: ['/repo/work/.env.txt'],
      }),
      NO_SURROUNDINGS,
      everywhere,
    )
    expect(accessAt(mounts, '/repo/src/a')).toBe('readOnly')
    expect(accessAt(mounts, '/repo/work/a')).toBe('writable')
    expect(accessAt(mounts, '/repo/workshop')).toBe('readOnly')
    expect(accessAt(mounts, '/repo/work/.env.txt')).toBe('hidden')
    expect(accessAt(mounts, '/tmp/repo/a')).toBe('readOnly')
    expect(accessAt(mounts, '/tmp/other')).toBe('writable')
    expect(accessAt(mounts, '/home')).toBe('writable')
  })

  it('turns round under strict, with the temporary folders writable', () => {
    const mounts = planMounts(
      policy({ mode: 'strict', writable: ['/work'], readOnly: ['/tmp/repo'] }),
      { ...NO_SURROUNDINGS, alwaysWritable: ['/tmp'] },
      everywhere,
    )
    expect(accessAt(mounts, '/etc/passwd')).toBe('readOnly')
    expect(accessAt(mounts, '/work/a')).toBe('writable')
    expect(accessAt(mounts, '/tmp/a')).toBe('writable')
    expect(accessAt(mounts, '/tmp/repo/a')).toBe('readOnly')
  })

  it('takes hide before writable before readOnly on equal paths', () => {
    const mounts = planMounts(
      policy({ readOnly: ['/a', '/b'], writable: ['/a', '/b'], hide: ['/b'] }),
      NO_SURROUNDINGS,
      everywhere,
    )
    expect(accessAt(mounts, '/a/x')).toBe('writable')
    expect(accessAt(mounts, '/b/x')).toBe('hidden')
  })

  it('leaves out what does not exist and what changes nothing', () => {
    const resolve: ResolvePath = (path) => (path.includes('missing') ? undefined : everywhere(path))
    const mounts = planMounts(
      policy({ readOnly: ['/a', '/a/b', '/missing'], writable: ['/c', '/missing/x'], hide: ['/missing/y'] }),
      NO_SURROUNDINGS,
      resolve,
    )
    expect(mounts.map(({ path }) => path)).toEqual(['/', '/a'])
  })

  it('decides by where symbolic links lead', () => {
    const resolve: ResolvePath = (path) => everywhere(path.replace('/link', '/real'))
    expect(
      accessAt(planMounts(policy({ readOnly: ['/link/x'] }), NO_SURROUNDINGS, resolve), '/real/x/y'),
    ).toBe('readOnly')
  })

  it('refuses to hide everything', () => {
    expect(() => planMounts(policy({ hide: ['/'] }), NO_SURROUNDINGS, everywhere)).toThrow(
      expect.objectContaining({ code: 'GUMP-X005' }),
    )
  })

  it('refuses relative paths', () => {
    expect(() => planMounts(policy({ hide: ['~/.ssh'] }), NO_SURROUNDINGS, everywhere)).toThrow(
      expect.objectContaining({ code: 'GUMP-X005' }),
    )
  })

  it('agrees with the rule for any policy', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 3 })
      .map((parts) => `/${parts.join('/')}`)
    const paths = fc.array(path, { maxLength: 4 })
    const policies = fc.record({
      mode: fc.constantFrom('auto' as const, 'strict' as const),
      readOnly: paths,
      writable: paths,
      hide: paths,
    })
    fc.assert(
      fc.property(policies, path, (wanted, target) => {
        fc.pre(!wanted.hide.includes('/'))
        let expected: Access = wanted.mode === 'strict' ? 'readOnly' : 'writable'
        const parts = target.split('/').filter(Boolean)
        for (let length = 0; length <= parts.length; length += 1) {
          const folder = `/${parts.slice(0, length).join('/')}`
          if (wanted.hide.includes(folder)) expected = 'hidden'
          else if (wanted.writable.includes(folder)) expected = 'writable'
          else if (wanted.readOnly.includes(folder)) expected = 'readOnly'
        }
        const mounts = planMounts(wanted, NO_SURROUNDINGS, everywhere)
        expect(accessAt(mounts, target)).toBe(expected)
        const depths = mounts.map((mount) => (mount.path === '/' ? 0 : mount.path.split('/').length - 1))
        expect(depths).toEqual(depths.toSorted((a, b) => a - b))
      }),
      { numRuns: 500 },
    )
  })
})

describe('sandboxArguments', () => {
  it('mounts shorter paths first and seals hidden folders last', () => {
    const mounts = planMounts(
      policy({ readOnly: ['/repo'], writable: ['/home/u/work'], hide: ['/home/u', '/repo/k.txt'] }),
      NO_SURROUNDINGS,
      everywhere,
    )
    const extras = { emptyFile: () => 7, devices: [], environment: {}, isRoot: false }
    const text = sandboxArguments(mounts, extras).join(' ')
    expect(text).toContain(
      '--bind / / --dev /dev --proc /proc --ro-bind-try /repo /repo --bind-try /home /home --tmpfs /home/u ' +
        '--ro-bind-data 7 /repo/k.txt --bind-try /home/u/work /home/u/work --remount-ro /home/u ',
    )
    expect(text).toContain('--cap-drop CAP_SYS_ADMIN')
  })
})

describe('seatbeltProfile', () => {
  it('states the same rules in the same order', () => {
    const mounts = planMounts(
      policy({ mode: 'strict', writable: ['/w "x"'], hide: ['/w "x"/a\\b.txt'] }),
      { ...NO_SURROUNDINGS, alwaysWritable: ['/private/tmp'] },
      everywhere,
    )
    expect(seatbeltProfile(mounts)).toBe(
      [
        '(version 1)',
        '(allow default)',
        '(allow file-read* (subpath "/"))',
        '(deny file-write* (subpath "/"))',
        '(allow file-read* (subpath "/w \\"x\\""))',
        '(allow file-write* (subpath "/w \\"x\\""))',
        '(allow file-read* (subpath "/private/tmp"))',
        '(allow file-write* (subpath "/private/tmp"))',
        '(deny file-read* file-write* (literal "/w \\"x\\"/a\\\\b.txt"))',
      ].join('\n'),
    )
  })
})
