import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { whileDoing } from '@gump/errors'

import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'

/** What the process in the background tells the one that started it. */
interface Started {
  readonly alias: string
}

/**
 * Starts this very command again, without `--detach`, as a process of its own session, and returns as soon as its run
 * has begun. What is refused is refused here, with the same message and exit code.
 */
export async function detach(context: CliContext): Promise<number> {
  const prefix = join(tmpdir(), 'gump-detach-')
  const folder = whileDoing({ doing: 'starting in the background', path: prefix }, () => mkdtempSync(prefix))
  const errors = join(folder, 'stderr')
  const file = openSync(errors, 'w')
  try {
    const [node = process.execPath, ...args] = context.argv
    const child = spawn(
      node,
      args.filter((arg) => arg !== '--detach'),
      { cwd: context.cwd, detached: true, stdio: ['ignore', 'ignore', file, 'ipc'] },
    )
    const outcome = await new Promise<Started | number>((resolve) => {
      child.once('message', (message) => resolve(message as Started))
      child.once('error', () => resolve(exitCodes.failed))
      child.once('exit', (code) => resolve(code ?? exitCodes.failed))
    })
    if (typeof outcome === 'number') {
      context.stderr.write(readFileSync(errors, 'utf8'))
      return outcome
    }
    child.disconnect()
    child.unref()
    const { alias } = outcome
    context.stdout.write(
      `${alias} continues in the background.\n  gump logs -f ${alias}    gump cancel ${alias}\n`,
    )
    return exitCodes.passed
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** In the background: tells who is waiting that the run has begun, and lets go of it. */
export function tellStarted(alias: string): void {
  if (process.send === undefined || !process.connected) return
  const started: Started = { alias }
  process.send(started, () => process.disconnect())
}
