import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { escapeControl } from '@gump/errors'
import { atomicWrite } from '@gump/ledger'
import type { Plan } from '../core/plan.js'
import type { RunInputs } from '../shell/run-inputs.js'

/** What a run was started with, as it is kept in its folder. */
export interface StoredInputs {
  readonly root: string
  readonly inputs: RunInputs
  readonly settings: StoredSettings
  readonly plan: Plan
}

/** Settings that shape what a run does and must be the same when it is resumed. */
export interface StoredSettings {
  readonly gateCommands: Readonly<Record<string, string>>
}

const fileName = 'inputs.ndjson'
/** What older versions called it. */
const olderName = 'inputs.json'

/**
 * Keeps everything that was run, so that a resume needs no other file: one line for the engine, and for people each text
 * under its hash, listed in `names.txt`. By their own names, tools of the project would find them.
 */
export function writeInputs(runDir: string, stored: StoredInputs): void {
  const folder = join(runDir, 'inputs')
  mkdirSync(folder, { recursive: true })
  atomicWrite(join(folder, fileName), `${JSON.stringify(stored)}\n`, { fsync: true })
  const names: string[] = []
  for (const [name, text] of textsOf(stored.inputs)) {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
    names.push(`${hash}  ${escapeControl(name)}\n`)
    atomicWrite(join(folder, hash), text)
  }
  atomicWrite(join(folder, 'names.txt'), names.join(''))
}

function textsOf({ spec, sources }: RunInputs): readonly (readonly [name: string, text: string])[] {
  return [
    ...(spec === null ? [] : [[spec.path, spec.text] as const]),
    ...Object.values(sources).flatMap(({ file, text, files }) => [
      [file, text] as const,
      ...Object.entries(files),
    ]),
  ]
}

export function readInputs(runDir: string): StoredInputs {
  const folder = join(runDir, 'inputs')
  const file = [fileName, olderName].map((name) => join(folder, name)).find((path) => existsSync(path))
  return JSON.parse(readFileSync(file ?? join(folder, fileName), 'utf8')) as StoredInputs
}
