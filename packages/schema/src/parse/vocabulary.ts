/** What may follow a gate's name in YAML. */
export type GateArgumentKind = 'none' | 'command' | 'globs' | 'percentage'

/** A gate as far as the parser must know it; a gate package's own definition fits. */
export interface GateName {
  readonly name: string
  readonly argument: GateArgumentKind
}

/** `count`: integer > 0; `usd`: number > 0; `duration`: `90s`; `switch`: true or false; `globs`: one or a list. */
export type GuardValueKind = 'count' | 'usd' | 'duration' | 'switch' | 'globs'

/** A guard as far as the parser must know it; a guard package's own definition fits. */
export interface GuardName {
  readonly name: string
  readonly value: GuardValueKind
}

/** Names that plugins may add to. */
export interface Vocabulary {
  readonly gates: readonly GateName[]
  readonly guards: readonly GuardName[]
  /** Packages that may know more names and are not loaded: what only they can tell is a warning. Default: none. */
  readonly unloaded?: readonly string[]
}

/** The built-in gates, `validate` aside, which calls a workflow. */
export const builtinGateNames: readonly GateName[] = [
  { name: 'compile', argument: 'none' },
  { name: 'test', argument: 'none' },
  { name: 'lint', argument: 'none' },
  { name: 'coverage', argument: 'percentage' },
  { name: 'schema', argument: 'none' },
  { name: 'touched', argument: 'globs' },
  { name: 'untouched', argument: 'globs' },
  { name: 'tests_found', argument: 'none' },
  { name: 'tests_fail', argument: 'none' },
  { name: 'pass_to_pass', argument: 'none' },
  { name: 'fail_to_pass', argument: 'none' },
  { name: 'judge_unchanged', argument: 'none' },
  { name: 'bash', argument: 'command' },
]

/** The built-in guards. */
export const builtinGuardNames: readonly GuardName[] = [
  { name: 'max_turns', value: 'count' },
  { name: 'max_budget', value: 'usd' },
  { name: 'max_tokens', value: 'count' },
  { name: 'max_time', value: 'duration' },
  { name: 'max_idle', value: 'duration' },
  { name: 'max_tool_time', value: 'duration' },
  { name: 'no_write', value: 'switch' },
  { name: 'write', value: 'globs' },
  { name: 'loop', value: 'count' },
]
