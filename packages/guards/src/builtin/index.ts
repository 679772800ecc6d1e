import type { GuardDefinition } from '../contract.js'
import { loop } from './loop.js'
import { maxBudget } from './max-budget.js'
import { maxIdle } from './max-idle.js'
import { maxTime } from './max-time.js'
import { maxToolTime } from './max-tool-time.js'
import { maxTokens } from './max-tokens.js'
import { maxTurns } from './max-turns.js'
import { noWrite } from './no-write.js'
import { write } from './write.js'

/** All guards that come with Gump, in the order in which they are asked. */
export const builtinGuards: readonly GuardDefinition[] = [
  noWrite,
  write,
  maxTurns,
  maxTokens,
  maxBudget,
  maxTime,
  maxIdle,
  maxToolTime,
  loop,
]
