/**
 * One attack, in one file.
 *
 * @typedef {object} Attack
 * @property {string} name the file's
 * @property {'agent' | 'repository' | 'secret' | 'accident'} kind an agent that tries to break out, a malicious repository,
 *   a secret that should not be kept, bad luck
 * @property {string} tries what is done, as the table in docs/reliability.md says it
 * @property {Must | Partial<Record<Mode, Must>>} must what has to be: in every mode, or mode by mode
 * @property {readonly Mode[]} [modes] where it is tried; default: where `must` says something
 * @property {readonly User[]} [users] default: both
 * @property {string} [limit] words of the documentation that tell of the limit, for `must: 'limit'`
 * @property {string} [open] why this still gets through; told, and not counted as a failure
 * @property {(world: import('./world.mjs').World) => Promise<Outcome | string>} run a string: why it cannot be tried here
 */

/**
 * `held`: it gets nothing. `noticed`: it may get what it wants, but the user is warned. `limit`: it gets through, and the
 * documentation says so; a test that fails here asks for a better page.
 *
 * @typedef {'held' | 'noticed' | 'limit'} Must
 */

/**
 * Values of `--sandbox`, and `bare`: `auto` on a machine without bubblewrap.
 *
 * @typedef {'strict' | 'auto' | 'off' | 'bare'} Mode
 * @typedef {'root' | 'user'} User
 */

/**
 * The outcome: what it got (null: nothing), and whether the user was warned.
 *
 * @typedef {{ readonly got: string | null, readonly told?: boolean }} Outcome
 */

export const modes = /** @type {const} */ (['strict', 'auto', 'off', 'bare'])
export const users = /** @type {const} */ (['root', 'user'])
export const kinds = {
  agent: 'an agent that tries to break out',
  repository: 'a malicious repository',
  secret: 'a secret that should not be kept',
  accident: 'bad luck',
}

/** What has to be in one mode; undefined where it is not tried. */
export function mustOf({ must, modes: only = modes }, mode) {
  if (!only.includes(mode)) return undefined
  return typeof must === 'string' ? must : must[mode]
}

/** `held`, `noticed` or `through`. */
export function resultOf({ got, told = false }) {
  if (got === null || got === false) return 'held'
  return told ? 'noticed' : 'through'
}

/** True when the outcome is the required one, or better. */
export function isRight(must, result) {
  if (must === 'held') return result === 'held'
  return must === 'noticed' ? result !== 'through' : result !== 'held'
}
