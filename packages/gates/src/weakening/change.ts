/** One file of a change as text; null where it does not exist on that side, or is no text. */
export interface ChangedText {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** The ways in which a change can make tests or checks say less than before. */
export type WeakeningKind =
  | 'test removed'
  | 'test skipped'
  | 'test focused'
  | 'test emptied'
  | 'assertions removed'
  | 'expectation changed'
  | 'cases removed'
  | 'snapshot changed'
  | 'mock added'
  | 'retries added'
  | 'settings loosened'
  | 'check suppressed'
  | 'tests detected by the code'
  | 'answer hard-coded'
  | 'result forged'
  | 'pipeline changed'

/** One way in which a change makes its tests say less than before. */
export interface Weakening {
  readonly kind: WeakeningKind
  readonly path: string
  /** From 1, in the file after the change, or before it where the file or the test is gone; null: the whole file. */
  readonly line: number | null
  /** A short sentence without a full stop. */
  readonly detail: string
  /** True: the text leaves no other reading, and `pass_to_pass` fails. False: people should look. */
  readonly certain: boolean
}

/** `test/a.test.js:3: test skipped: "adds"` */
export function describeWeakening({ kind, path, line, detail }: Weakening): string {
  return `${path}${line === null ? '' : `:${String(line)}`}: ${kind}: ${detail}`
}
