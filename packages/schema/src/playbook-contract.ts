/** Where a workflow was found; the first match in this order wins. */
export type WorkflowOrigin = 'path' | 'project' | 'user' | 'builtin'

/** A workflow file and everything it needs to be parsed, as texts: no file is read after this. */
export interface WorkflowSource {
  /** The name to refer to it by: `tdd`, `validators/arch-review`, or the path as given. */
  readonly ref: string
  readonly origin: WorkflowOrigin
  /** For messages: relative to the repository where possible, `builtin:tdd.yaml` for built-ins. */
  readonly file: string
  readonly text: string
  /** Texts of the prompt files it names (`prompt: {file: …}`), by the path as written. */
  readonly files: Readonly<Record<string, string>>
  /** Why a prompt file it names has no text, by the path as written: `leaves its folder`. */
  readonly unreadable?: Readonly<Record<string, string>>
  /** Only in a list: the file is there and cannot be read, so there is no text; to resolve it tells why. */
  readonly broken?: true
}

/** A library of workflows. */
export interface Playbook {
  /** Finds a workflow by reference; `from` is the file that refers to it. Rejects with a GumpError that lists near names. */
  resolve(ref: string, from?: WorkflowSource): Promise<WorkflowSource>
  /** All workflows, those that cannot be read included, hidden ones (shadowed by an earlier root) left out, sorted by reference. */
  list(): Promise<readonly WorkflowSource[]>
}
