import { closest } from '@gump/errors'
import type { YamlEntry } from '../yaml/tree.js'
import { quote } from '../read/describe.js'
import { Fields, reportUnknownKey } from '../read/fields.js'
import { wrongKind } from '../read/scalars.js'
import type { ParseContext } from './context.js'
import { getKeys, runKeys } from './step-keys.js'

/** The sub-workflow of GET as written: the reference, `with:`, and inputs beside it. */
export interface GetCall {
  readonly ref: YamlEntry
  readonly given?: YamlEntry
  readonly beside: readonly YamlEntry[]
}

/** A step with its `get:` and `run:` blocks laid flat. */
export interface FlatStep {
  readonly fields: Fields
  readonly getCall: GetCall | null
}

/** Lays the blocks flat; a key both in a block and beside it is reported. */
export function flatten(cx: ParseContext, fields: Fields): FlatStep {
  const entries = new Map([...fields.all()].map((entry) => [entry.key, entry]))
  const get = blockEntries(cx, fields, 'get')
  const run = blockEntries(cx, fields, 'run')
  const ref = get.find((entry) => entry.key === 'workflow')
  const given = get.find((entry) => entry.key === 'with')
  const beside: YamlEntry[] = []
  for (const entry of get) {
    if (entry === ref || (entry === given && ref !== undefined)) continue
    if (entry === given) {
      cx.problems.report('GUMP-W027', entry.at, 'with needs a workflow that gets the values')
    } else if (getKeys.includes(entry.key)) {
      lift(cx, entries, entry, 'get')
    } else if (ref !== undefined && closest(entry.key, getKeys) === undefined) {
      beside.push(entry)
    } else {
      reportUnknownKey(cx, entry, { what: 'get', keys: getKeys })
    }
  }
  for (const entry of run) {
    if (runKeys.includes(entry.key)) lift(cx, entries, entry, 'run')
    else reportUnknownKey(cx, entry, { what: 'run', keys: runKeys })
  }
  const getCall = ref === undefined ? null : { ref, beside, ...(given === undefined ? {} : { given }) }
  return { fields: new Fields(entries.values(), fields.at), getCall }
}

function blockEntries(cx: ParseContext, fields: Fields, block: 'get' | 'run'): readonly YamlEntry[] {
  const node = fields.node(block)
  if (node === undefined) return []
  if (node.kind === 'map') return node.entries
  wrongKind(cx, node, block, `a mapping with ${(block === 'get' ? getKeys : runKeys).join(', ')}`)
  return []
}

function lift(cx: ParseContext, entries: Map<string, YamlEntry>, entry: YamlEntry, block: string): void {
  const flat = entries.get(entry.key)
  if (flat === undefined) {
    entries.set(entry.key, entry)
    return
  }
  const later = flat.at.start > entry.at.start ? flat : entry
  cx.problems.report(
    'GUMP-W017',
    later.at,
    `${quote(entry.key)} is written both in ${block}: and beside it`,
    {
      expected: 'one of the two',
    },
  )
}
