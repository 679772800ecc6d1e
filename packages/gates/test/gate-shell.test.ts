import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProcessRunner, findOnPath } from '@gump/process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGateShell, DEFAULT_TIMEOUT_MS, type GateShellOptions, type ShellClock } from '../src/index.js'
import { describeFailure } from '../src/verdicts/describe-failure.js'

const runner = createProcessRunner({ env: process.env })
const PATH = process.env['PATH'] ?? ''
const hasSandbox = (await runner.probe()).sandbox

let folder: string
let log: string
let count = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gump-shell-'))
  log = join(folder, 'logs', 'gate.log')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function shell(options: Partial<GateShellOptions> = {}): ReturnType<typeof createGateShell> {
  count += 1
  return createGateShell({
    runner,
    container: `gate-shell-test-${process.pid}-${count}`,
    cwd: folder,
    env: { PATH },
    logFile: log,
    signal: new AbortController().signal,
    ...options,
  })
}

/** What the commands wrote, without the lines that name them. */
function logged(): string {
  return readFileSync(log, 'utf8').replace(/^\$ .*\n/gm, '')
}

/** A clock whose timer goes off when the test says so. */
function manualClock(): { clock: ShellClock; fire: () => void } {
  let fire = (): void => {}
  return {
    clock: {
      now: () => performance.now(),
      timer: (ms, callback) => {
        // The time limit is the first that is set; looks at the output are others.
        if (ms === DEFAULT_TIMEOUT_MS) fire = callback
        return () => {}
      },
    },
    fire: () => fire(),
  }
}

/** A socket that says when `wanted` programs have connected, and when all of them are gone. */
async function waitForConnections(
  wanted: number,
): Promise<{ path: string; connected: Promise<void>; closed: Promise<void> }> {
  const path = join(folder, 'alive.sock')
  const server = createServer()
  const connected = new Promise<void>((resolve) => {
    let opened = 0
    server.on('connection', () => {
      opened += 1
      if (opened === wanted) resolve()
    })
  })
  const closed = new Promise<void>((resolve) => {
    let gone = 0
    server.on('connection', (socket) => {
      socket.on('error', () => {})
      socket.on('close', () => {
        gone += 1
        if (gone === wanted) server.close(() => resolve())
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return { path, connected, closed }
}

describe('createGateShell', () => {
  it('runs bash text in the working folder and reports how it ended', async () => {
    const result = await shell().run({ command: 'a=(1 2 3); echo "${#a[@]} $PWD"; exit 3' })
    expect(result).toMatchObject({ exitCode: 3, signal: null, timedOut: false, output: `3 ${folder}\n` })
    expect(result.excerpt).toBe(`3 ${folder}`)
    expect(result.durationMs).toBeGreaterThanOrEqual(0)
  })

  it('hands over values as data', async () => {
    const value = '$(touch hacked) `id` "; rm -rf . #\nsecond'
    const result = await shell().run({ command: 'printf %s "${GUMP_V1}"', env: { GUMP_V1: value } })
    expect(result.output).toBe(value)
  })

  it('keeps both streams in the order in which they were written', async () => {
    const command = 'for i in $(seq 200); do echo "out $i"; echo "err $i" >&2; done'
    const { output } = await shell().run({ command })
    const expected = Array.from({ length: 200 }, (_, i) => `out ${i + 1}\nerr ${i + 1}\n`).join('')
    expect(output).toBe(expected)
    expect(logged()).toBe(expected)
  })

  it('gives a program an empty standard input', async () => {
    expect((await shell().run({ command: 'cat; echo done' })).output).toBe('done\n')
  })

  it('runs texts that are longer than an argument may be', async () => {
    const result = await shell().run({
      command: `: '${'x'.repeat(300_000)}'\ncat; echo "$0" | grep -q bash; echo "long $?"; exit 7`,
    })
    expect(result).toMatchObject({ exitCode: 7, output: 'long 0\n' })
  })

  it('says which program is missing', async () => {
    const result = await shell().run({ command: 'gump-no-such-program --x' })
    expect(result.exitCode).toBe(127)
    expect(result.excerpt).toMatch(/gump-no-such-program: command not found/)
  })

  it('keeps the logs of several commands apart', async () => {
    const gate = shell()
    const [first, second] = await Promise.all([
      gate.run({ command: 'echo one' }),
      gate.run({ command: 'echo two' }),
    ])
    expect([first.output, second.output]).toEqual(['one\n', 'two\n'])
    expect(readFileSync(log, 'utf8')).toBe('$ echo one\none\n$ echo two\ntwo\n')
  })

  it('cuts a log that is too large in its middle, and still tells what each command printed', async () => {
    const gate = shell({ maxLogBytes: 65_536 })
    const numbers = (from: number) => `for i in $(seq ${from} ${from + 19999}); do echo "line $i"; done`
    const first = await gate.run({ command: numbers(100_000) })
    expect(first.omittedBytes).toBeGreaterThan(170_000)
    expect(first.output.endsWith('line 119999\n')).toBe(true)
    expect(first.excerpt).toMatch(/^line 100000\n.*line 119999$/su)
    const second = await gate.run({ command: 'echo short; exit 3' })
    expect(second).toMatchObject({ exitCode: 3, output: 'short\n', excerpt: 'short' })
    expect(second.omittedBytes).toBeUndefined()
    const third = await gate.run({ command: numbers(200_000) })
    expect(third.output).not.toContain('line 1')
    expect(third.output.endsWith('line 219999\n')).toBe(true)
    expect(logged()).toMatch(/^line 100000\n.*bytes are left out here.*line 219999\n$/su)
  })

  it('names a container for every command, before it is started', async () => {
    const seen: string[] = []
    const gate = shell({
      container: 'named',
      onContainer: (container) => void seen.push(`before ${container}`),
      onStarted: ({ identity }) => void seen.push(`started ${identity.container}`),
    })
    await gate.run({ command: 'true' })
    await gate.run({ command: 'true' })
    expect(seen).toEqual(['before named', 'started named', 'before named.2', 'started named.2'])
  })

  it('kills the whole tree at the time limit, also what left its group, and keeps the output so far', async () => {
    const time = manualClock()
    const listening = await waitForConnections(2)
    const client = `const s = require('net').connect(${JSON.stringify(listening.path)}); setInterval(() => {}, 1000)`
    // One child in the group, one daemon of its own session; both hold a connection for as long as they live.
    const command = 'echo begun; (setsid "$NODE" -e "$CLIENT" &); "$NODE" -e "$CLIENT" & sleep 300'
    const running = shell({ clock: time.clock }).run({
      command,
      env: { NODE: process.execPath, CLIENT: client },
    })
    await listening.connected
    time.fire()
    const result = await running
    expect(result).toMatchObject({ timedOut: true, exitCode: null, output: 'begun\n' })
    await listening.closed
  })

  it('stops a command that prints nothing for too long, and tells what it had reported', async () => {
    let now = 0
    let looks = 0
    const listening = await waitForConnections(1)
    const client = `const s = require('net').connect(${JSON.stringify(listening.path)}); setInterval(() => {}, 1000)`
    const look = async (callback: () => void): Promise<void> => {
      await listening.connected
      looks += 1
      now += 1000
      callback()
    }
    const result = await shell({
      idleMs: 5000,
      clock: {
        now: () => now,
        timer: (ms, callback) => {
          if (ms !== 1000) return () => {}
          // Time advances only once the program hangs.
          void look(callback)
          return () => {}
        },
      },
    }).run({
      command: 'echo "✖ adds"; echo "✔ refuses"; exec "$NODE" -e "$CLIENT"',
      env: { NODE: process.execPath, CLIENT: client },
    })
    expect(result).toMatchObject({ timedOut: true, exitCode: null })
    expect(result.silentMs).toBeGreaterThanOrEqual(5000)
    expect(looks).toBeGreaterThanOrEqual(5)
    expect(describeFailure('npm test', result)).toMatch(
      /^`npm test` reported 1 failed and 1 passed tests, then printed nothing for \d+ s, and was stopped\n/,
    )
    await listening.closed
  })

  it('spends one time limit on all its commands', async () => {
    let now = 0
    const timers: number[] = []
    const gate = shell({
      timeoutMs: 1000,
      clock: {
        now: () => now,
        timer: (ms) => {
          // Looks at the output are no limits.
          if (ms > 1000) return () => {}
          timers.push(ms)
          now += 300
          return () => {}
        },
      },
    })
    await gate.run({ command: 'true' })
    await gate.run({ command: 'true' })
    expect(timers).toEqual([1000, 700])
  })

  it('rejects with the reason of a cancellation, after the tree is gone', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const running = shell({
      signal: controller.signal,
      onStarted: () => controller.abort(reason),
    }).run({ command: 'sleep 300' })
    await expect(running).rejects.toBe(reason)
    await expect(shell({ signal: controller.signal }).run({ command: 'echo never' })).rejects.toBe(reason)
    expect(readFileSync(log, 'utf8')).not.toContain('never')
  })

  it('masks secrets in the log and in what it returns', async () => {
    const secret = 'sk-very-secret-value'
    const result = await shell({ mask: [secret] }).run({ command: `echo "key ${secret}"; exit 1` })
    expect(result.output).toBe('key ***\n')
    expect(result.excerpt).toBe('key ***')
    expect(readFileSync(log, 'utf8')).not.toContain(secret)
  })

  it('escapes what terminals would obey', async () => {
    const result = await shell().run({
      command: String.raw`printf '\e[31mred\e[0m \a\e]0;title\a 50%%\r100%%\n'`,
    })
    expect(result.excerpt).toBe('100%')
    expect(result.output).toContain('\u001b[31m')
  })

  it('falls back to sh and says so when there is no bash', async () => {
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    for (const name of ['sh', 'cat', 'echo'])
      symlinkSync(findOnPath(name, process.env) ?? '', join(bin, name))
    const result = await shell({ env: { PATH: bin } }).run({ command: 'echo "from sh"; exit 4' })
    expect(result.exitCode).toBe(4)
    expect(result.excerpt).toMatch(
      /^gump: bash could not be started, so this runs with sh.*install bash\nfrom sh$/,
    )
    await expect(shell({ env: { PATH: '' } }).run({ command: 'true' })).rejects.toMatchObject({
      code: 'GUMP-X001',
    })
  })

  it('takes 500 MB of output in constant memory, keeping head and tail', async () => {
    const before = process.memoryUsage().rss
    let highest = before
    const sampling = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 20)
    const command = 'echo first line; head -c 500000000 /dev/zero | tr "\\0" x; echo; echo last line; exit 1'
    const result = await shell({ excerptChars: 500 }).run({ command })
    clearInterval(sampling)
    expect(result.exitCode).toBe(1)
    expect(result.omittedBytes).toBeGreaterThan(400_000_000)
    expect(statSync(log).size).toBeLessThanOrEqual(32 * 1024 * 1024)
    expect(result.output.length).toBe(4 * 1024 * 1024)
    expect(result.excerpt.length).toBeLessThanOrEqual(500)
    expect(result.excerpt).toMatch(/^first line\nx+\n… about \d+ characters left out …\nx+\nlast line$/)
    expect((highest - before) / 1024 / 1024).toBeLessThan(150)
  }, 60_000)
})

describe('how a command reaches the shell', () => {
  it.each([
    ['a comment first', '# why\necho out; echo err >&2', 'out\nerr\n'],
    ['a line number', 'true\necho $LINENO', '2\n'],
    ['no arguments', 'echo "[$0][$1][$#]"', '[bash][][0]\n'],
    ['a document', 'cat <<END\nin it\nEND', 'in it\n'],
  ])('%s', async (_, command, output) => {
    expect((await shell().run({ command })).exitCode).toBe(0)
    expect(logged()).toBe(output)
  })

  it('text that no shell can read is reported in the log', async () => {
    expect((await shell().run({ command: 'if true; then' })).exitCode).toBe(2)
    expect(logged()).toContain('syntax error')
  })

  it.skipIf(!hasSandbox)('a program below the folder for temporary files is found in a sandbox', async () => {
    const tool = mkdtempSync(join(tmpdir(), 'gump-tool-'))
    writeFileSync(join(tool, 'check'), '#!/bin/sh\necho found\n', { mode: 0o755 })
    const sandbox = { mode: 'auto', readOnly: [], writable: [folder], hide: [] } as const
    const { exitCode } = await shell({ sandbox }).run({ command: join(tool, 'check') })
    rmSync(tool, { recursive: true })
    expect(exitCode).toBe(0)
    expect(logged()).toBe('found\n')
  })
})
