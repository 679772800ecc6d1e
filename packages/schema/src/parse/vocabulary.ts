/** What may follow a gate's name in YAML. */
export type GateArgumentKind = 'none' | 'command' | 'globs' | 'percentage'

/** A gate as far as the parser must know it; a gate package's own definition fits. */
export interface GateName {
  readonly name: string
  readonly argument: GateArgumentKind
  /** A line for the JSON Schema, for people who write workflows in an editor. */
  readonly summary?: string
}

/** `count`: integer > 0; `usd`: number > 0; `duration`: `90s`; `switch`: true or false; `globs`: one or a list. */
export type GuardValueKind = 'count' | 'usd' | 'duration' | 'switch' | 'globs'

/** A guard as far as the parser must know it; a guard package's own definition fits. */
export interface GuardName {
  readonly name: string
  readonly value: GuardValueKind
  /** A line for the JSON Schema, for people who write workflows in an editor. */
  readonly summary?: string
}

/** Names that plugins may add to. */
export interface Vocabulary {
  readonly gates: readonly GateName[]
  readonly guards: readonly GuardName[]
  /** Packages that may know more names and are not loaded: what only they can tell is a warning. Default: none. */
  readonly unloaded?: readonly string[]
}
