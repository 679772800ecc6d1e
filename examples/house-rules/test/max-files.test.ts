import type { AgentEvent } from '@gump/agents'
import { guardConformance, type GuardMoment } from '@gump/guards'
import { test } from 'vitest'
import { maxFiles } from '../src/max-files.js'

const call = (kind: 'read' | 'write' | 'edit', path: string): GuardMoment => {
  const event: AgentEvent = { type: 'tool_started', id: path, tool: kind, kind, path }
  return { event }
}

const cases = guardConformance(maxFiles, {
  value: 2,
  trips: {
    'a third file': [call('write', 'a.ts'), call('edit', 'b.ts'), call('write', 'c.ts')],
  },
  passes: {
    'two files, again and again': [
      call('write', 'a.ts'),
      call('write', 'b.ts'),
      call('edit', 'a.ts'),
      call('edit', 'b.ts'),
    ],
    'reading many': [call('read', 'a.ts'), call('read', 'b.ts'), call('read', 'c.ts')],
  },
})

for (const { name, run } of cases) test(name, run)
