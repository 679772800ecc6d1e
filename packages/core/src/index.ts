export { isBusy } from './busy.js'
export { calledName } from './called-name.js'
export { decide, runWorkspace, tipsOf } from './decide.js'
export type {
  AskEffect,
  CollectEffect,
  CompleteEffect,
  EditsEffect,
  Effect,
  GateEffect,
  IntegrateEffect,
  LaunchEffect,
  RestoreEffect,
  TimerEffect,
  WorkspaceEffect,
} from './effects.js'
export { failureText } from './failure-text.js'
export { fieldsOf, stepSpent } from './fields.js'
export type { BagValue } from './fields.js'
export type { Frame } from './frame.js'
export { historyBefore, resolveStep } from './history-before.js'
export { baseOfWork } from './judged-change.js'
export { innerSteps, repeats, workflowOf } from './plan.js'
export type { Plan } from './plan.js'
export { planRetry } from './retry-plan.js'
export type { RetryPlan } from './retry-plan.js'
export { scopeSteps } from './scope.js'
export { valueOf } from './values.js'
export type { Value, Viewpoint } from './values.js'
