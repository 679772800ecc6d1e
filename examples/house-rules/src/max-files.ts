import { defineGuard, type GuardDefinition } from '@gump/guards'

/** `guard: {max_files: 3}`: a small task that begins to touch one file after another is stopped. */
export const maxFiles: GuardDefinition = defineGuard({
  name: 'max_files',
  summary: 'no more than this many files are written',
  value: 'count',
  create(value) {
    // Everything a launch needs to remember lives here: each launch has a guard of its own.
    const limit = Number(value)
    const written = new Set<string>()
    return {
      onEvent(event) {
        if (event.type !== 'tool_started' || event.path === undefined) return null
        if (event.kind !== 'write' && event.kind !== 'edit') return null
        written.add(event.path)
        if (written.size <= limit) return null
        return {
          guard: 'max_files',
          reason: `wrote ${event.path.slice(0, 200)}, file ${written.size} of at most ${limit}`,
          limit: String(limit),
          observed: String(written.size),
        }
      },
    }
  },
})
