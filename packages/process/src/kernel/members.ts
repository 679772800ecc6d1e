import type { MembersQuery, Members } from './members-query.js'
import { membersByPs } from './members-darwin.js'
import { membersByProc } from './members-linux.js'

/** Looks once for the processes of a container, by its marker in their environment, and by session and group. */
export function findMembers(query: MembersQuery): Members {
  return process.platform === 'linux' ? membersByProc(query) : membersByPs(query)
}
