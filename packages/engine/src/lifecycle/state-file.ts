import { join } from 'node:path'
import { atomicWrite } from '@gump/ledger'
import { type BagValue, fieldsOf } from '../core/fields.js'
import type { RunState } from '../core/state.js'
import { walkNodes } from '../core/tree.js'

/** The state bag as a flat map; a projection of the ledger that may be deleted at any time. */
export function bagOf(state: RunState): Readonly<Record<string, BagValue>> {
  const bag = Object.create(null) as Record<string, BagValue>
  walkNodes(state.root, (node, path) => {
    if (node.attempts.length === 0 && node.earlier === null) return
    for (const [field, value] of Object.entries(fieldsOf(node))) bag[`${path.join('/')}.${field}`] = value
  })
  return bag
}

export function writeState(runDir: string, state: RunState): void {
  atomicWrite(join(runDir, 'state.json'), `${JSON.stringify(bagOf(state), null, 2)}\n`)
}
