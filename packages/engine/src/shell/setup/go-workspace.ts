import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { relocated } from '@gump/gates'
import { type Checkout, checkoutSpellings } from '../checkout-spellings.js'

/**
 * A `go.work` that git does not know, with which the user builds, is brought into the worktree: Go would look for it in
 * the folders above, and with it take modules from the checkout. False when there is none.
 */
export async function bringGoWorkspace(context: Checkout, dir: string): Promise<boolean> {
  let brought = false
  for (const name of ['go.work', 'go.work.sum']) {
    const source = join(context.repoRoot, name)
    const target = join(dir, name)
    if (lstatSync(source, { throwIfNoEntry: false })?.isFile() !== true || existsSync(target)) continue
    if (name === 'go.work.sum' && !existsSync(join(dir, 'go.work'))) continue
    writeFileSync(target, relocated(readFileSync(source, 'utf8'), checkoutSpellings(context), dir))
    brought = true
  }
  return brought
}
