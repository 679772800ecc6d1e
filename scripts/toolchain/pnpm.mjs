import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { exec } from './exec.mjs'
import { root } from './root.mjs'

/** `pnpm@x.y.z` as package.json pins it. */
export const pinnedPnpm = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager

/**
 * Runs the pinned pnpm, brought by npx, so that a machine with nothing but Node and npm will do. Programs started
 * through it find that same pnpm on their PATH, which turbo needs.
 *
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, stdin?: 'inherit' | 'ignore', toStderr?: boolean }} [options]
 */
export function pnpm(args, options = {}) {
  return exec('npx', ['--yes', '--loglevel=error', pinnedPnpm, ...args], options)
}
