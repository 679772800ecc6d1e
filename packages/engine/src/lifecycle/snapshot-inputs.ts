import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

const fileName = 'inputs.json'

/**
 * Keeps everything that was run, so that a resume needs no other file: `inputs.json` for the engine, and the workflows,
 * the prompt files and the spec beside it for people.
 */
export function writeInputs(runDir: string, stored: StoredInputs): void {
  const folder = join(runDir, 'inputs')
  mkdirSync(folder, { recursive: true })
  atomicWrite(join(folder, fileName), `${JSON.stringify(stored)}\n`, { fsync: true })
  if (stored.inputs.spec !== null) atomicWrite(join(folder, 'spec.md'), stored.inputs.spec.text)
  for (const [index, source] of Object.values(stored.inputs.sources).entries()) {
    const name = source.ref.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100)
    atomicWrite(join(folder, `workflow-${index + 1}-${name.replace(/\.ya?ml$/, '')}.yaml`), source.text)
  }
}

export function readInputs(runDir: string): StoredInputs {
  return JSON.parse(readFileSync(join(runDir, 'inputs', fileName), 'utf8')) as StoredInputs
}
