import type { GuardDefinition } from '../contract.js'
import { isOutput, OUTPUT_FOLDER, shownPath, writtenPath } from '../written-path.js'

/**
 * Trips when a file is written in the worktree outside `.gump/out/`, or in the user's own working tree.
 *
 * A write anywhere else (temp, home, the agent's own state, where agents keep plans and notes) does not change the project and
 * does not trip. Neither does a write whose place the stream does not tell: the sandbox denies it, or the comparison of the tree
 * after the attempt finds it.
 */
export const noWrite: GuardDefinition = {
  name: 'no_write',
  summary: 'trips when a file outside .gump/out/ is written; on for split, validate and artifact',
  value: 'switch',
  create: (value, scope) => ({
    onEvent(event) {
      if (value !== true) return null
      const written = writtenPath(event, scope)
      if (written === null || written.where === 'elsewhere') return null
      if (written.where === 'worktree' && isOutput(written.path)) return null
      return {
        guard: 'no_write',
        reason: `wrote ${shownPath(written.path)}, but may write below ${OUTPUT_FOLDER}/ only`,
        limit: `${OUTPUT_FOLDER}/`,
        observed: shownPath(written.path),
      }
    },
  }),
  writeScope: (value) => (value === true ? { only: [OUTPUT_FOLDER] } : null),
}
