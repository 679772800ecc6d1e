import { spawn } from 'node:child_process'

import { bin } from './bin.js'
import type { World } from './world.js'

/** What the user saw and how it ended. */
export interface TerminalSession {
  readonly code: number | null
  readonly screen: string
}

/**
 * Runs the program on a terminal of its own, as `script` makes one, and types an answer when it has asked for one.
 *
 * @param answer - typed once the screen shows `[y/N]`; null: nothing is typed, and the terminal hangs up
 */
export function onTerminal(
  { repo, home }: Pick<World, 'home'> & { readonly repo: { readonly dir: string } },
  args: readonly string[],
  { answer, env = {} }: { readonly answer: string | null; readonly env?: Readonly<Record<string, string>> },
): Promise<TerminalSession> {
  const words = [process.execPath, bin, ...args]
  const command = words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ')
  const how =
    process.platform === 'linux'
      ? ['-qefc', command, '/dev/null']
      : ['-q', '/dev/null', '/bin/sh', '-c', command]
  return new Promise((resolve, reject) => {
    const child = spawn('script', how, {
      cwd: repo.dir,
      env: { PATH: process.env['PATH'] ?? '', HOME: home, LC_ALL: 'C', TERM: 'dumb', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let screen = ''
    let asked = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text
      if (asked || !screen.includes('[y/N]')) return
      asked = true
      if (answer === null) child.stdin.end('\u0004')
      else child.stdin.write(`${answer}\r`)
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, screen }))
  })
}

/** Consents to plugins as a person does. */
export async function trustPlugins(world: World, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const { code, screen } = await onTerminal(world, ['trust', name], { answer: 'y' })
    if (code !== 0) throw new Error(`no consent to ${name}:\n${screen}`)
  }
}
