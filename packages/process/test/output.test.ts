import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProcessRunner, type ProcessListeners } from '@gump/process'
import { fixture, spec, testRunner, watch } from './support/containers.js'
import { processesWith, uniqueSeconds } from './support/processes.js'

const MIB = 1024 * 1024
/** `GUMP_TEST_LARGE=1` writes the whole gigabyte. */
const LARGE = process.env['GUMP_TEST_LARGE'] === '1' ? 1024 * MIB : 100 * MIB

const runner = testRunner()
let folder = ''
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'gump-output-'))))
afterEach(() => rm(folder, { recursive: true }))

/** Runs to the end; the largest resident size meanwhile, above that at the start. */
async function grownBy(run: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss()
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
  await run()
  clearInterval(timer)
  return Math.max(peak, process.memoryUsage.rss()) - before
}

describe('output', () => {
  it('of any size reaches file and listeners in constant memory', async () => {
    const stdoutFile = join(folder, 'stdout')
    let lines = 0
    let bytes = 0
    const grown = await grownBy(async () => {
      const contained = await runner.start(
        spec(fixture('write-bytes.mjs'), [String(LARGE)], { stdoutFile }),
        {
          onStdoutLine(line) {
            lines += 1
            bytes += line.length + 1
          },
        },
      )
      expect(await contained.exit).toEqual({ code: 0, signal: null })
    })
    expect((await stat(stdoutFile)).size).toBe(LARGE)
    expect(lines).toBe(Math.ceil(LARGE / 100))
    expect(bytes - LARGE).toBeLessThanOrEqual(1)
    expect(grown).toBeLessThan(200 * MIB)
  })

  it('of one line of 50 MB is delivered whole', async () => {
    const lengths: [number, boolean][] = []
    const contained = await runner.start(spec(fixture('long-line.mjs'), [String(50 * MIB)]), {
      onStdoutLine: (line, truncated) => void lengths.push([line.length, truncated]),
    })
    await contained.exit
    expect(lengths).toEqual([
      [50 * MIB, false],
      [3, false],
    ])
  })

  it('of one line beyond the limit is cut for listeners and whole in the file', async () => {
    const stdoutFile = join(folder, 'stdout')
    const lengths: [number, boolean][] = []
    const small = testRunner({ maxLineBytes: MIB })
    const contained = await small.start(spec(fixture('long-line.mjs'), [String(8 * MIB)], { stdoutFile }), {
      onStdoutLine: (line, truncated) => void lengths.push([line.length, truncated]),
    })
    await contained.exit
    expect(lengths).toEqual([
      [MIB, true],
      [3, false],
    ])
    expect((await stat(stdoutFile)).size).toBe(8 * MIB + 5)
  })

  it('that is no output at all makes empty files and no lines', async () => {
    const files = { stdoutFile: join(folder, 'out'), stderrFile: join(folder, 'err') }
    const { contained, stdout, stderr } = await watch(runner, spec('true', [], files))
    expect(await contained.exit).toEqual({ code: 0, signal: null })
    expect([stdout, stderr]).toEqual([[], []])
    expect(await readFile(files.stdoutFile, 'utf8')).toBe('')
    expect(await readFile(files.stderrFile, 'utf8')).toBe('')
  })

  it('is appended, stdout and stderr each to its own file', async () => {
    const files = { stdoutFile: join(folder, 'out'), stderrFile: join(folder, 'err') }
    for (const word of ['one', 'two']) {
      const { contained, stderr } = await watch(
        runner,
        spec('sh', ['-c', `echo ${word}; printf e-${word} >&2`], files),
      )
      await contained.exit
      expect(stderr).toEqual([`e-${word}`])
    }
    expect(await readFile(files.stdoutFile, 'utf8')).toBe('one\ntwo\n')
    expect(await readFile(files.stderrFile, 'utf8')).toBe('e-onee-two')
  })

  it('is masked in files and lines, also when a secret comes in pieces', async () => {
    const stdoutFile = join(folder, 'out')
    const script = 'process.stdout.write("key sk-12", () => setImmediate(() => console.log("345678 end")))'
    const mask = ['sk-12345678', 'key']
    const { contained, stdout } = await watch(runner, spec('node', ['-e', script], { stdoutFile, mask }))
    await contained.exit
    expect(stdout).toEqual(['key *** end'])
    expect(await readFile(stdoutFile, 'utf8')).toBe('key *** end\n')
  })

  it('written just before the end is complete', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { contained, stdout } = await watch(runner, spec('sh', ['-c', 'seq 1 2000; echo last']))
      await contained.exit
      expect(stdout.length).toBe(2001)
      expect(stdout.at(-1)).toBe('last')
    }
  })

  it('can be written by name: /dev/stdout, /dev/stderr and /dev/stdin are pipes', async () => {
    const script = 'cat /dev/stdin > /dev/stdout; echo oops > /dev/stderr; echo both | tee /dev/stderr'
    const { contained, stdout, stderr } = await watch(
      runner,
      spec('sh', ['-c', script], { stdin: 'hello\n' }),
    )
    expect((await contained.exit).code).toBe(0)
    expect(stdout).toEqual(['hello', 'both'])
    expect(stderr).toEqual(['oops', 'both'])
  })

  it('goes through sockets where no pipes can be made', async () => {
    const limited = testRunner({ tempDir: join(folder, 'missing') })
    const { contained, stdout, stderr } = await watch(
      limited,
      spec('sh', ['-c', 'cat; echo err >&2'], { stdin: 'in\n' }),
    )
    expect((await contained.exit).code).toBe(0)
    expect([stdout, stderr]).toEqual([['in'], ['err']])
  })
})

describe('input', () => {
  it('is closed when there is none', async () => {
    const { contained, stdout } = await watch(runner, spec('sh', ['-c', 'cat; echo done']))
    await contained.exit
    expect(stdout).toEqual(['done'])
  })

  it('of 10 MB arrives whole', async () => {
    const { contained, stdout } = await watch(runner, spec('wc', ['-c'], { stdin: 'x'.repeat(10 * MIB) }))
    await contained.exit
    expect(stdout.map((line) => line.trim())).toEqual([String(10 * MIB)])
  })

  it('of 10 MB that nobody reads blocks nothing', async () => {
    const what = { stdin: 'x'.repeat(10 * MIB) }
    const ended = await watch(runner, spec(fixture('never-reads.sh'), [], what))
    expect(await ended.contained.exit).toEqual({ code: 0, signal: null })
    const running = await watch(runner, spec(fixture('ignore-term.mjs'), [], what))
    await running.line('ready')
    await running.contained.kill()
    await running.contained.exit
  })
})

describe('what fails', () => {
  it('is reported when the program, its folder or its id cannot be', async () => {
    const cases = [
      spec('no-such-program'),
      spec('./missing', [], { cwd: '/usr' }),
      spec('/etc/passwd'),
      spec('true', [], { cwd: '/no/such/folder' }),
      spec('true', [], { cwd: 'usr' }),
      spec('true', ['a\0b']),
      spec('true', [], { container: '' }),
      spec('true', [], { container: 'a\nb' }),
    ]
    for (const what of cases) await expect(runner.start(what)).rejects.toMatchObject({ code: 'GUMP-X001' })
  })

  it('is reported with a remedy when the arguments are too long', async () => {
    await expect(runner.start(spec('true', ['x'.repeat(4 * MIB)]))).rejects.toMatchObject({
      code: 'GUMP-X001',
      data: { code: 'E2BIG' },
      remedy: expect.stringContaining('stdin'),
    })
  })

  it('is reported when the interpreter of a script is missing, at the start or at the end', async () => {
    const script = join(folder, 'script')
    const { writeFile } = await import('node:fs/promises')
    await writeFile(script, '#!/no/such/interpreter\n', { mode: 0o755 })
    for (const forceLevel of ['namespace', 'group'] as const) {
      const outcome = await testRunner({ forceLevel })
        .start(spec(script))
        .then(
          ({ exit }) => exit,
          (error: unknown) => error,
        )
      if (forceLevel === 'group')
        expect(outcome).toMatchObject({ code: 'GUMP-X001', data: { code: 'ENOENT' } })
      else if (!(outcome instanceof Error))
        expect(outcome).toMatchObject({ code: null, spawnError: expect.stringMatching(/^bwrap: execvp/) })
    }
  })

  it('refuses to start without the file for the output', async () => {
    const stdoutFile = join(folder, 'missing/out')
    await expect(runner.start(spec('true', [], { stdoutFile }))).rejects.toMatchObject({ code: 'GUMP-X003' })
  })

  it.skipIf(!existsSync('/dev/full'))(
    'kills the program when its output cannot be recorded any more',
    async () => {
      const seconds = uniqueSeconds()
      const script = 'echo started; sleep "$0"'
      const { contained } = await watch(
        runner,
        spec('sh', ['-c', script, seconds], { stdoutFile: '/dev/full' }),
      )
      await expect(contained.exit).rejects.toMatchObject({ code: 'GUMP-X003', data: { path: '/dev/full' } })
      expect(processesWith(seconds)).toEqual([])
    },
  )

  it('kills the program when a listener throws', async () => {
    const seconds = uniqueSeconds()
    const listeners: ProcessListeners = {
      onStdoutLine() {
        throw new RangeError('no more')
      },
    }
    const contained = await runner.start(spec('sh', ['-c', 'echo a; sleep "$0"; :', seconds]), listeners)
    await expect(contained.exit).rejects.toThrow(new RangeError('no more'))
    expect(processesWith(seconds)).toEqual([])
  })

  it('works without any option', async () => {
    const contained = await createProcessRunner().start(spec('true'))
    expect((await contained.exit).code).toBe(0)
  })
})
