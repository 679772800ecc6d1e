/** One entry of the error reference. */
export interface CatalogueEntry {
  /** What is wrong, in one line. */
  readonly title: string
  /** What to do about it. */
  readonly remedy: string
}
