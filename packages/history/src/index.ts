export { isSessionDead } from './dead-session.js'
export { initialState, reduce } from './reduce.js'
export { sessionSpent } from './reduce-launch.js'
export { ownedMs, runUsage } from './reduce-run.js'
export {
  addSpent,
  countedMicroUsd,
  countedTokens,
  knownCostUsd,
  nothingSpent,
  saysNothing,
  usageOf,
} from './spent.js'
export type { Spent } from './spent.js'
export type { Attempt, Launch, LaunchOutcome, Node, RunState, WorkspaceState } from './state.js'
export { childOf, lastAttempt, lastLaunch, nodeAt, replanSegment, segments, walkNodes } from './tree.js'
export { standInFor } from './stand-in.js'
export { isUnreachable, waitForConnection } from './unreachable.js'
