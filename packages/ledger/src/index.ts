export { artifactPath, attemptFolder, pathSegment } from './artifact-path.js'
export { createArtifactStore } from './artifacts.js'
export type { ArtifactStore } from './artifacts.js'
export { atomicWrite } from './atomic-write.js'
export type { AtomicWriteOptions } from './atomic-write.js'
export { barrierEvents, batchMs, promptEvents } from './barriers.js'
export { readCheckpoint, stampOf, writeCheckpoint } from './checkpoint.js'
export type { CheckpointKind, LedgerStamp } from './checkpoint.js'
export type {
  ArtifactRef,
  AttemptId,
  CostSource,
  Envelope,
  LaunchId,
  TokenCounts,
  Usage,
} from './envelope.js'
export type {
  AgentFailureCause,
  AgentFailureKind,
  AgentMetrics,
  ContainerLevel,
  FileChange,
  GateFacts,
  RunLimits,
  RunOptions,
  TaskRecord,
  ToolKind,
  TurnAction,
  TurnLabel,
} from './event-parts.js'
export type { EventBodies, EventOf, EventType, LedgerEvent, NewEvent } from './events.js'
export { followLedger } from './follow.js'
export type { FollowOptions } from './follow.js'
export { ledgerProblem } from './ledger-problem.js'
export type { LedgerProblem, LedgerProblemKind } from './ledger-problem.js'
export { openLedger } from './ledger.js'
export type { Ledger, LedgerOptions } from './ledger.js'
export { seal } from './line.js'
export type { Oddity } from './line.js'
export { createMemoryLedger } from './memory.js'
export type { MemoryLedger } from './memory.js'
export { acquireOwner, ownerState, readOwner } from './owner.js'
export type { AcquireOptions, Owner, Ownership, OwnerIdentity, OwnerProbe, OwnerState } from './owner.js'
export { decodeLedger, ledgerFileName, readLedger, readLedgerParts } from './read.js'
export type { LedgerContent, LedgerPartsOptions } from './read.js'
export type { IndexEntry } from './run-index.js'
export { createRunStore } from './run-store.js'
export type { RunStore } from './run-store.js'
export type { RunLocation } from './run-location.js'
export type { AppendOptions, LedgerSink } from './sink.js'
export { syncDirectory } from './sync-directory.js'
export { createEventValidator } from './event-validator.js'
export type { EventValidator } from './event-validator.js'
export { eventTypes, ledgerSchema } from './schema/ledger-schema.js'
export { compileShape } from './schema/check-shape.js'
export type { Misfit, ShapeCheck } from './schema/check-shape.js'
export type { Schema } from './schema/shape.js'
