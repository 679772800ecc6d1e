import type { ProcessExit } from '@gump/agents'
import type { ContainerLevel } from '@gump/ledger'

/** A running agent, whatever performs it: a contained process or an embedded program. */
export interface RunningAgent {
  readonly pid: number | null
  readonly pidStart: string | null
  readonly level: ContainerLevel
  readonly sandboxed: boolean
  /** Resolves when nothing of it is left and all its lines were delivered. */
  readonly exit: Promise<Pick<ProcessExit, 'code' | 'signal'> & { readonly stderrTail: string }>
  /** Polite stop, then force. */
  stop(): Promise<void>
  /** Force, at once. */
  kill(): Promise<void>
}
