/** Time as the shell needs it. */
export interface ShellClock {
  /** Milliseconds; only differences matter. */
  now(): number
  /** Calls back after `ms`; returns a function that cancels. */
  timer(ms: number, callback: () => void): () => void
}
