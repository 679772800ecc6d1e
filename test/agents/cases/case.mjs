import { delegates } from './delegates.mjs'
import { guarded } from './guarded.mjs'
import { limited } from './limited.mjs'
import { passes } from './passes.mjs'
import { plain } from './plain.mjs'
import { protocol } from './protocol.mjs'
import { rateLimited } from './rate-limited.mjs'
import { retries } from './retries.mjs'
import { unauthorized } from './unauthorized.mjs'

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {(program: import('../programs/program.mjs').Program) => boolean} [concerns] absent: every program with an
 *   adapter of its own
 * @property {(world: ReturnType<typeof import('../world.mjs').createWorld>) => Promise<void>} play throws what is wrong
 */

/** @type {readonly Case[]} */
export const cases = [
  rateLimited,
  passes,
  retries,
  delegates,
  guarded,
  limited,
  protocol,
  unauthorized,
  plain,
]
