/** Agent names with a meaning of their own: `pass` skips the agent of a step. */
export const RESERVED_AGENT_NAMES: ReadonlySet<string> = new Set(['pass'])
