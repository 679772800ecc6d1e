/** A program without an adapter of its own, and all that is known of it: enough to run it, and to say what to expect. */
export interface Preset {
  /** What workflows call it. */
  readonly name: string
  readonly displayName: string
  /** `acp`: it speaks the Agent Client Protocol; `command`: it prints text, and its exit code is the verdict. */
  readonly runs: 'acp' | 'command'
  /**
   * Its command line without a shell. Placeholders: `{model}`, and with `command` also `{prompt}` and `{prompt_file}`;
   * a word whose placeholder has no value is left out, together with an option in front of it. Without a prompt in it,
   * the prompt goes to stdin.
   */
  readonly command: string
  /** Variables to add to its environment; one that is `{model}` is left out when no model is asked for. */
  readonly env?: Readonly<Record<string, string>>
  /** What a suffix of its name is handed to, in words for people: an option or a variable. */
  readonly model: string
  /** Semver ranges that were run with Gump. Empty: it has not been run with Gump. */
  readonly verified: readonly string[]
  readonly install: string
  readonly login: string
  /** Variables of the environment that it takes keys, or the choice of a provider, from. */
  readonly keys: readonly string[]
  /** Folders of its own below the home folder. */
  readonly folders: readonly string[]
  /** What is known of it that shows in a run, one sentence each. */
  readonly known: readonly string[]
  /** Where its maker describes what stands here. */
  readonly source: string
}
