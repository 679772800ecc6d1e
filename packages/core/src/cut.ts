/** Where a history is cut: at the first event of a step, or of the tasks of a split. */
export interface Cut {
  readonly path: string
  readonly seq: number
}
