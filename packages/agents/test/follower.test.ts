import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFollower } from '../src/follow/followed-files.js'

let folder = ''

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'gump-follower-')))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a follower of files', () => {
  const follow = (pattern: string) => createFollower({ pattern: join(folder, pattern), pick: ['"usage'] })

  it('reads what is added, and nothing that was there before', () => {
    const path = join(folder, 'events')
    writeFileSync(path, '{"usage":1}\n')
    const follower = follow('events')
    expect(follower.read()).toEqual([])
    appendFileSync(path, '{"other":2}\n{"usage":3}\n{"usa')
    expect(follower.read().map(({ line }) => line)).toEqual(['', '{"usage":3}'])
    appendFileSync(path, 'ge":4}\n')
    expect(follower.read()).toEqual([{ path, line: '{"usage":4}' }])
    expect(follower.read()).toEqual([])
  })

  it('finds files that appear later by a part of their name', () => {
    const follower = follow('wd_*_0b7a/*/events')
    for (const name of ['wd_a_0b7a/one', 'wd_b_ffff/two', 'other/three']) {
      mkdirSync(join(folder, name), { recursive: true })
      writeFileSync(join(folder, name, 'events'), '{"usage":1}\n')
    }
    const path = join(folder, 'wd_a_0b7a/one/events')
    expect(follower.read()).toEqual([
      { path, line: '' },
      { path, line: '{"usage":1}' },
    ])
  })

  it('leaves the files of others alone', () => {
    const day = join(folder, '2026', '12')
    mkdirSync(day, { recursive: true })
    const write = (name: string, text: string): void => appendFileSync(join(day, name), text)
    for (const name of ['r-own', 'r-other']) write(name, '{"cwd":"/mine"}\n')
    const follower = createFollower({
      pattern: join(folder, '*/*/r-*'),
      pick: ['"usage'],
      older: 'own',
      first: '"/mine"',
    })
    for (const name of ['r-own', 'r-other']) write(name, '{"usage":1}\n')
    write('r-new', '{"cwd":')
    write('r-foreign', '{"cwd":"/yours"}\n{"usage":2}\n')
    expect(follower.read().map(({ path, line }) => [path, line])).toEqual([
      [join(day, 'r-own'), ''],
      [join(day, 'r-own'), '{"usage":1}'],
    ])
    write('r-new', '"/mine"}\n{"usage":3}\n')
    write('r-foreign', '{"cwd":"/mine"}\n{"usage":4}\n')
    expect(follower.read().map(({ line }) => line)).toEqual(['', '{"usage":3}'])
  })

  it('takes characters that two reads have cut, and forgets a line that never ends', () => {
    const path = join(folder, 'events')
    const follower = follow('events')
    writeFileSync(path, `${'ü'.repeat(40_000)}{"usage":"ü"}\n${'x'.repeat(3_000_000)}`)
    expect(follower.read().at(-1)?.line).toBe(`${'ü'.repeat(40_000)}{"usage":"ü"}`)
    appendFileSync(path, '\n{"usage":2}\n')
    expect(follower.read()).toEqual([{ path, line: '{"usage":2}' }])
  })

  it('is not troubled by a folder in the place of a file', () => {
    mkdirSync(join(folder, 'events'))
    expect(follow('events').read()).toEqual([])
    expect(follow('events/*/x').read()).toEqual([])
  })
})

describe('the program around an agent', () => {
  const main = fileURLToPath(new URL('../dist/follow/main.js', import.meta.url))
  const start = (script: string) => {
    const options = JSON.stringify({ pattern: join(folder, '*.log'), pick: ['usage'] })
    const child = spawn(process.execPath, [main, options, process.execPath, '-e', script, folder])
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, stdout, stderr }))
    return { child, ended }
  }
  const noted = (path: string, event: object) =>
    JSON.stringify({ type: 'gump.followed', path: join(folder, path), event })

  it('passes everything on, and what is noted before the last word', async () => {
    const { child, ended } = start(`
      const fs = require('node:fs')
      process.stdin.on('data', (text) => process.stdout.write('said ' + text)).on('end', () => {
        fs.writeFileSync(process.argv[1] + '/a.log', '{"usage":1}\\nusage, but no record\\n')
        process.stderr.write('a complaint')
        process.stdout.write('the end')
        process.exitCode = 3
      })`)
    child.stdin.end('hello\n')
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 3, stderr: 'a complaint' })
    const lines = stdout.split('\n')
    expect(
      lines
        .filter((line) => !line.includes('gump.followed'))
        .join('\n')
        .trimEnd(),
    ).toBe('said hello\nthe end')
    expect(lines).toContain(noted('a.log', { usage: 1 }))
    expect(lines.filter((line) => line.includes('gump.followed'))).toHaveLength(2)
  })

  it('reads what a program notes when it is asked to stop, and ends as it does', async () => {
    const { child, ended } = start(`
      process.once('SIGTERM', () => {
        require('node:fs').writeFileSync(process.argv[1] + '/a.log', '{"usage":2}\\n')
        process.kill(process.pid, 'SIGTERM')
      })
      setInterval(() => {}, 1000)
      console.log('ready')`)
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    const { code, stdout } = await ended
    expect(code).toBe(143)
    expect(stdout).toContain(noted('a.log', { usage: 2 }))
  })

  it('ends with the program, although something else holds its output open', async () => {
    const { child, ended } = start(`
      const { spawn } = require('node:child_process')
      const stdio = ['ignore', 'inherit', 'ignore']
      const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio, detached: true })
      left.unref()
      console.log(left.pid)`)
    const [said] = (await once(child.stdout, 'data')) as [string]
    const [code] = (await once(child, 'exit')) as [number]
    process.kill(Number(said.trim()))
    expect(code).toBe(0)
    await ended
  })

  it('says what could not be started', async () => {
    const options = JSON.stringify({ pattern: '/nowhere', pick: [] })
    const child = spawn(process.execPath, [main, options, join(folder, 'no-such-program')])
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(127)
    expect(stderr).toContain('no-such-program could not be started')
  })
})
