import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { type TemporaryRepository, temporaryRepository } from '@gump/testkit'
import { afterEach } from 'vitest'

import { bin } from './bin.js'

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A program that runs, to be watched and interrupted. */
export interface Running {
  readonly child: ChildProcess
  /** Resolves when stdout has this text. */
  printed(text: string): Promise<void>
  readonly outcome: Promise<Outcome>
}

export interface World {
  readonly repo: TemporaryRepository
  readonly home: string
  /** Writes a file of the home folder. */
  atHome(path: string, text: string): void
  gump(args: readonly string[], options?: GumpOptions): Promise<Outcome>
  start(args: readonly string[], options?: GumpOptions): Running
}

export interface GumpOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Another program than the one that was built here. */
  readonly bin?: string
}

const opened: World[] = []

afterEach(() => {
  for (const { repo, home } of opened.splice(0)) {
    repo.remove()
    rmSync(home, { recursive: true, force: true })
  }
})

/** A repository and a home folder of their own, with the real program to run in them. */
export function world(files: Readonly<Record<string, string>> = {}): World {
  const repo = temporaryRepository({ 'README.md': '# A project\n', ...files })
  const home = mkdtempSync(join(tmpdir(), 'gump-home-'))
  const start = (args: readonly string[], options: GumpOptions = {}): Running => {
    const child = spawn(process.execPath, [options.bin ?? bin, ...args], {
      cwd: options.cwd ?? repo.dir,
      env: { PATH: process.env['PATH'] ?? '', HOME: home, LC_ALL: 'C', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return watch(child)
  }
  const made: World = {
    repo,
    home,
    start,
    gump: (args, options) => start(args, options).outcome,
    atHome: (path, text) => {
      mkdirSync(dirname(join(home, path)), { recursive: true })
      writeFileSync(join(home, path), text)
    },
  }
  opened.push(made)
  return made
}

function watch(child: ChildProcess): Running {
  let stdout = ''
  let stderr = ''
  const waiting = new Set<() => void>()
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
    for (const look of waiting) look()
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  const outcome = new Promise<Outcome>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  const printed = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (!stdout.includes(text)) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
      void outcome.then(() => reject(new Error(`it ended without printing ${text}:\n${stdout}\n${stderr}`)))
    })
  return { child, printed, outcome }
}

/** Replaces what differs from run to run: ids, times, durations. */
export function steady(text: string): string {
  return text
    .replaceAll(/run_\d{4}_\d\d_\d\d_\d{4}(?:_\d+)?/gu, 'RUN')
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/gu, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, 'TIME')
    .replaceAll(/ +\d+(?:\.\d+)?(?:ms|s)\b/gu, ' DURATION')
    .replaceAll(/\b[0-9a-f]{12,40}\b/gu, 'COMMIT')
}
