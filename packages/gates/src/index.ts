export { builtinGates } from './builtin/index.js'
export { createCommandResolver, firstResolved } from './commands/command-resolver.js'
export type { CommandResolverOptions } from './commands/command-resolver.js'
export type { FindProgram } from './commands/find-program.js'
export { quoteWords } from './commands/quoting.js'
export { resolutionChanges } from './commands/resolution-changes.js'
export type { ResolutionChange } from './commands/resolution-changes.js'
export { resolveSetup } from './commands/resolve-setup.js'
export type { SetupOptions, SetupPlan, SetupStep } from './commands/resolve-setup.js'
export { examineCommand } from './preflight/examine-command.js'
export type { AbsentProgram, CommandExamination } from './preflight/examine-command.js'
export { gateConformance } from './conformance/gate-conformance.js'
export type { GateConformanceCase } from './conformance/gate-conformance.js'
export type { GateFixture, GateHarness } from './conformance/gate-harness.js'
export type {
  BaseCommand,
  CommandResolver,
  ContainedProcess,
  GateArgumentKind,
  GateCommand,
  GateCommandResult,
  GateContext,
  GateDefinition,
  GateFile,
  GateResult,
  GateShell,
  JudgedChange,
  ResolvedCommand,
  UnresolvedCommand,
} from './contract.js'
export { defineGate } from './define-gate.js'
export { matchGlobs } from './globs/match-globs.js'
export type { GlobOptions } from './globs/match-globs.js'
export { judgeChanges } from './judge/judge-changes.js'
export type { JudgeChange } from './judge/judge-changes.js'
export { judgeRole } from './judge/judge-file.js'
export type { JudgeRole } from './judge/judge-file.js'
export { emptiesCommand } from './judge/empties-command.js'
export { routeContent } from './judge/routes.js'
export type { RouteFile } from './judge/routes.js'
export { diskFiles } from './project/disk-files.js'
export type { ProjectFiles } from './project/project-files.js'
export { treeFiles } from './project/tree-files.js'
export {
  createGateShell,
  DEFAULT_EXCERPT_CHARS,
  DEFAULT_IDLE_MS,
  DEFAULT_LOG_BYTES,
  DEFAULT_TIMEOUT_MS,
} from './shell/gate-shell.js'
export type { GateShellOptions } from './shell/gate-shell.js'
export type { ShellClock } from './shell/shell-clock.js'
export { checkTasks } from './tasks/check-tasks.js'
export type { SplitTask, TasksCheck } from './tasks/check-tasks.js'
export { MAX_SLUG_LENGTH, slugify, uniqueSlugs } from './tasks/slugify.js'
export { excerpt } from './text/excerpt.js'
export type { OutputEnds } from './text/excerpt.js'
export { judgeTestRun } from './verdicts/judge-test-run.js'
export type { TestRunJudgement } from './verdicts/judge-test-run.js'
export { describeWeakening } from './weakening/change.js'
export type { ChangedText, Weakening, WeakeningKind } from './weakening/change.js'
export { isSettingsFile } from './weakening/settings.js'
export { isTestFile } from './weakening/languages/index.js'
export { weakenings } from './weakening/weakenings.js'
export { environmentInside, relocated, spellingsOf } from './surroundings/environment-inside.js'
export { foreignSources, probesFor } from './surroundings/probes.js'
export type { ForeignSource, Probe } from './surroundings/probes.js'
export { pythonSetup } from './surroundings/python-setup.js'
export type { PythonSetup } from './surroundings/python-setup.js'
