export type {
  ContainedProcess,
  ContainerIdentity,
  LeftoverContainer,
  ContainmentLevel,
  ContainmentReport,
  ExitStatus,
  ProcessListeners,
  ProcessRunner,
  ProcessSpec,
  SandboxBind,
  SandboxPolicy,
} from './contract.js'
export { CONTAINER_VARIABLE, environmentFor } from './environment/environment-for.js'
export { DEFAULT_SECRET_PATTERNS } from './environment/secret-patterns.js'
export type { EnvironmentKind, EnvironmentOptions } from './environment/environment-for.js'
export { findBehindOnPath, findOnPath } from './environment/find-on-path.js'
export { secretValues } from './environment/secret-values.js'
export { bootId, isAlive, startedAt } from './kernel/identity.js'
export type { ProcessIdentity } from './kernel/identity.js'
export { createProcessRunner } from './runner.js'
export type { ProcessRunnerOptions } from './runner.js'
export { createLineSplitter } from './streams/line-splitter.js'
export type { LineSplitter } from './streams/line-splitter.js'
export { MASK, maskSecrets } from './streams/mask-secrets.js'
export { createSecretMasker } from './streams/secret-masker.js'
export type { SecretMasker } from './streams/secret-masker.js'
export { cappedFileFacts } from './streams/capped-file.js'
export type { CappedFileFacts } from './streams/capped-file.js'
