import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { escapeControl, type SystemErrorContext, whileDoing } from '@gump/errors'
import { atomicWrite } from '@gump/ledger'
import type { RunInputs } from '../shell/run-inputs.js'
import { inputsRemedy, openInputs, sealInputs, type StoredInputs } from './stored-inputs.js'

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
  atomicWrite(join(folder, fileName), sealInputs(stored), { fsync: true })
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

/**
 * What the run was started with.
 *
 * @throws GumpError `GUMP-L014` when the file is missing or damaged, `GUMP-L008` when a newer version wrote it.
 */
export function readInputs(runDir: string): StoredInputs {
  const folder = join(runDir, 'inputs')
  const found = [fileName, olderName].map((name) => join(folder, name)).find((path) => existsSync(path))
  const file = found ?? join(folder, fileName)
  return openInputs(
    file,
    whileDoing(reading(file), () => readFileSync(file, 'utf8')),
  )
}

/** A folder in its place, or a file that may not be read, is as bad as none. */
function reading(file: string): SystemErrorContext {
  return {
    code: 'GUMP-L014',
    doing: 'reading what the run was started with',
    path: file,
    remedy: inputsRemedy,
    data: { file },
  }
}
