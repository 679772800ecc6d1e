export type {
  ContainedProcess,
  ContainerIdentity,
  ContainmentLevel,
  ContainmentReport,
  ExitStatus,
  ProcessListeners,
  ProcessRunner,
  ProcessSpec,
  SandboxPolicy,
} from './contract.js'
