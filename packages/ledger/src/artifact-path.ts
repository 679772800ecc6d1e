import { createHash } from 'node:crypto'
import type { LaunchId } from './envelope.js'

const maxSegment = 180

/**
 * Folder of what a launch leaves behind, relative to the run folder, with `/`:
 * `artifacts/<step path>/<attempt>` for the first launch of the first round, else
 * `artifacts/<step path>/<round>.<attempt>.<launch>`.
 *
 * Whatever the step is called, the result stays below `artifacts/`: characters other than letters, digits and `._@+-`
 * are written as `%XX`, as are `.` and `..`, and long segments are cut and made unique by a hash.
 */
export function attemptFolder(id: LaunchId): string {
  const { round, attempt, launch } = id
  const last = round === 1 && launch === 1 ? String(attempt) : `${round}.${attempt}.${launch}`
  return ['artifacts', ...id.step.split('/').map(pathSegment), last].join('/')
}

/**
 * One artifact of a launch: `artifactPath(id, 'gates', 'bash: make.log')`. Each name is one segment.
 *
 * @example
 * ```ts
 * artifactPath({ step: 'tdd/red', round: 1, attempt: 2, launch: 1 }, 'prompt.txt') // artifacts/tdd/red/2/prompt.txt
 * ```
 */
export function artifactPath(id: LaunchId, ...names: readonly string[]): string {
  return [attemptFolder(id), ...names.map(pathSegment)].join('/')
}

/** Any text as one legal file name; different texts give different names. */
export function pathSegment(text: string): string {
  const dots = /^\.{0,2}$/.test(text)
  const encoded = dots
    ? text === ''
      ? '%'
      : text.replaceAll('.', '%2E')
    : text.replaceAll(/[^\p{L}\p{N}._@+-]/gu, percent)
  if (Buffer.byteLength(encoded) <= maxSegment) return encoded
  const head = Buffer.from(encoded).subarray(0, maxSegment).toString('utf8').replaceAll('\uFFFD', '')
  // `~` is never left unencoded, so a cut name cannot equal a whole one.
  return `${head}~${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}

function percent(character: string): string {
  return [...Buffer.from(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
}
