import type { ProcessIdentity } from './identity.js'

/** Whose processes to look for. */
export interface MembersQuery {
  readonly container: string
  /** Also those of containers whose ids begin with `container/`. */
  readonly withInner?: boolean
  /** The process that was started; its session and group count as the container's. */
  readonly leader?: ProcessIdentity
}

/** What one look at all processes found. */
export interface Members {
  readonly members: readonly ProcessIdentity[]
  /** Running processes that cannot be assigned yet: their environment is empty just now, as in an `execve`. */
  readonly unreadable: number
  /** Processes that ended while or before we looked, perhaps after giving birth to one that we did not see. */
  readonly ended: readonly string[]
}
