import type { AgentStep, SessionPolicy } from '../ir.js'
import { listBefore, type Placed } from '../rules/scope.js'
import type { Obstacle } from './obstacle.js'

/**
 * A session in the current dialect. `reuse` becomes the step it stands for: the nearest earlier one of the same task
 * with the same agent. `reuse-on-retry` is what the current dialect does anyway.
 */
export function currentSession(step: AgentStep, place: Placed, obstacles: Obstacle[]): SessionPolicy {
  const { session } = step
  if (session.mode === 'own-retries') return { mode: 'new' }
  if (session.mode !== 'previous') return session
  const agent = step.agent?.text ?? ''
  if (agent.includes('{')) {
    obstacles.push({
      range: step.range,
      message: `"${step.name}" reuses the session of the previous step with the same agent, and its agent is only known in the run`,
      expected: 'session: {reuse: STEP} with the name of the step',
    })
    return { mode: 'new' }
  }
  for (const earlier of listBefore(place, true, Number.MAX_SAFE_INTEGER)) {
    if (earlier.kind !== 'agent' || earlier.agent?.text === 'pass') continue
    if ((earlier.agent?.text ?? '') === agent) return { mode: 'from', step: earlier.name, range: step.range }
  }
  return { mode: 'new' }
}
