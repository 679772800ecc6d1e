export { isActivity } from './activity.js'
export { builtinGuards } from './builtin/index.js'
export { loop } from './builtin/loop.js'
export { maxBudget } from './builtin/max-budget.js'
export { maxIdle } from './builtin/max-idle.js'
export { maxTime } from './builtin/max-time.js'
export { maxToolTime } from './builtin/max-tool-time.js'
export { maxTokens } from './builtin/max-tokens.js'
export { maxTurns } from './builtin/max-turns.js'
export { noWrite } from './builtin/no-write.js'
export { write } from './builtin/write.js'
export { guardConformance } from './conformance/guard-conformance.js'
export type { ConformanceCase, GuardFixture, GuardMoment } from './conformance/guard-conformance.js'
export type {
  Guard,
  GuardDefinition,
  GuardObservation,
  GuardScope,
  GuardTrip,
  GuardValue,
} from './contract.js'
export { defineGuard } from './define-guard.js'
export { createGuardPanel } from './guard-panel.js'
export type { GuardPanel, GuardSetting, GuardTotals } from './guard-panel.js'
