import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { atomicWrite } from '@gump/ledger'
import { type BagValue, fieldsOf } from '@gump/core'
import { type RunState, walkNodes } from '@gump/history'

/** The state bag as a flat map; a projection of the ledger that may be deleted at any time. */
export function bagOf(state: RunState): Readonly<Record<string, BagValue>> {
  const bag = Object.create(null) as Record<string, BagValue>
  walkNodes(state.root, (node, path) => {
    if (node.attempts.length === 0 && node.past.length === 0) return
    for (const [field, value] of Object.entries(fieldsOf(node))) bag[`${path.join('/')}.${field}`] = value
  })
  return bag
}

/** One line per value. Formatters and linters of the project look at JSON, so that is not its name. */
export function writeState(runDir: string, state: RunState): void {
  const lines = Object.entries(bagOf(state)).map(([key, value]) => `${JSON.stringify({ key, value })}\n`)
  atomicWrite(join(runDir, 'state.ndjson'), lines.join(''))
  // What older versions wrote.
  rmSync(join(runDir, 'state.json'), { force: true })
}
