export { isSessionDead } from './dead-session.js'
export { attemptKey, launchKey } from './ids.js'
export { indexEntry } from './index-entry.js'
export { timeOf } from './moment.js'
export type {
  Attempt,
  Completed,
  GateFact,
  GateRun,
  Items,
  Known,
  Launch,
  LaunchEnd,
  LaunchOutcome,
  Node,
  Pause,
} from './node.js'
export { ownedMs, sessionsOf } from './owned-time.js'
export { PersistentMap } from './persistent-map.js'
export { gateSegment, getSegment, isAside, leadsAside, replanSegment, retrySegment } from './place.js'
export type { Place } from './place.js'
export { initialState, reduce } from './reduce.js'
export { sessionSpent } from './reduce-launch.js'
export { runUsage } from './reduce-run.js'
export { runStatus } from './run-status.js'
export type { DerivedStatus } from './run-status.js'
export {
  addSpent,
  countedMicroUsd,
  countedTokens,
  knownCostUsd,
  knownTokens,
  knownTurns,
  nothingSpent,
  spentOf,
  sumSpent,
  turnSpent,
  usageOf,
} from './spent.js'
export type { Spent } from './spent.js'
export { standInFor } from './stand-in.js'
export { stepKey } from './step-key.js'
export type { OwnedTime, RunState, StartedProcess, Stop, WorkspaceState } from './state.js'
export {
  agentLaunches,
  allAttempts,
  childOf,
  earlierAttempt,
  lastAttempt,
  lastLaunch,
  launchOf,
  nodeAt,
  segments,
  walkNodes,
} from './tree.js'
export { isUnreachable, waitForConnection } from './unreachable.js'
