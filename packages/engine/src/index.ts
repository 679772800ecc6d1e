export { defaultSettings } from './ambient/default-settings.js'
export { systemClock } from './ambient/system-clock.js'
export { uuidV7 } from './ambient/uuid-v7.js'
export type {
  Ambient,
  AppliedRun,
  ApplyOptions,
  Clock,
  Engine,
  EngineOptions,
  EngineSettings,
  FaultPoint,
  GcRequest,
  GcResult,
  Human,
  HumanAnswer,
  HumanQuestion,
  Ids,
  ModelPrice,
  PriceLookup,
  RunReader,
  SandboxSettings,
  WorktreeSettings,
} from './contract.js'
export type {
  LiveEvent,
  Run,
  RunProblem,
  RunRemains,
  RunResult,
  RunStatus,
  RunSummary,
  StartedRun,
} from './run.js'
export type { ReplayRequest, ResumeRequest, StartRequest } from './requests.js'
export type { RequestedLimits } from './requested-limits.js'
export type {
  PlannedAgent,
  PlannedAttempt,
  PlannedCall,
  PlannedGate,
  PlannedStep,
  PlannedValues,
  PlannedVariable,
  RunPlan,
} from './run-plan.js'
export { createReader } from './reading/reader.js'
export type { ReaderOptions } from './reading/reader.js'
export { createAgentDetector } from './detect/agent-detector.js'
export type { AgentDetector, DetectedAgent, DetectorOptions } from './detect/agent-detector.js'
export type {
  ExecutedRun,
  ExecutorFactory,
  PerformedEffect,
  StepError,
  StepExecutor,
  StepLive,
  StepReport,
  StepReports,
  StepRequest,
  StepResult,
  Stopping,
} from './dispatch/step-executor.js'
export { createEngine } from './engine.js'
export { openPerformer } from './lifecycle/open-performer.js'
export type { PerformedRun, StepPerformer } from './lifecycle/open-performer.js'
export { checkWorkflow } from './plan/check-workflow.js'
export type { WorkflowCheck, WorkflowCheckOptions } from './plan/check-workflow.js'
export { possibleAgents } from './plan/possible-agents.js'
export type { PossibleAgent } from './plan/possible-agents.js'
export type { RunningAgent } from './supervise/agent-source.js'
export { startEmbedded } from './supervise/embedded-agent.js'
export type { EmbeddedOptions } from './supervise/embedded-agent.js'
