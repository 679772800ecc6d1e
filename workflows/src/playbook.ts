import { memoryPlaybook } from '@gump/schema'
import type { Playbook } from '@gump/schema'
import { adversarialReview } from './texts/adversarial-review.js'
import { archReview } from './texts/arch-review.js'
import { bugfix } from './texts/bugfix.js'
import { cheap2sota } from './texts/cheap2sota.js'
import { freeform } from './texts/freeform.js'
import { implementSpec } from './texts/implement-spec.js'
import { parallelTasks } from './texts/parallel-tasks.js'
import { refactor } from './texts/refactor.js'
import { simple } from './texts/simple.js'
import { tdd } from './texts/tdd.js'

/**
 * The workflows that come with Gump: `freeform`, `simple`, `tdd`, `cheap2sota`, `parallel-tasks`, `implement-spec`,
 * `adversarial-review`, `bugfix`, `refactor` and `validators/arch-review`. Reads no file.
 *
 * @example
 * ```ts
 * const { text } = await playbook.resolve('tdd')
 * ```
 */
export const playbook: Playbook = memoryPlaybook({
  origin: 'builtin',
  workflows: [
    { ref: 'adversarial-review', text: adversarialReview },
    { ref: 'bugfix', text: bugfix },
    { ref: 'cheap2sota', text: cheap2sota },
    { ref: 'freeform', text: freeform },
    { ref: 'implement-spec', text: implementSpec },
    { ref: 'parallel-tasks', text: parallelTasks },
    { ref: 'refactor', text: refactor },
    { ref: 'simple', text: simple },
    { ref: 'tdd', text: tdd },
    { ref: 'validators/arch-review', text: archReview },
  ],
})
