/** Where a run is kept. */
export interface RunLocation {
  readonly id: string
  /** null when its name was lost. */
  readonly alias: string | null
  /** Absolute. */
  readonly dir: string
  readonly ledgerFile: string
  /** When it began, in epoch milliseconds, as far as that is known. */
  readonly time: number
}
