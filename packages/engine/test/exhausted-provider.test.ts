import { type AgentAdapter, encodeOutcome, parseAgentScript, scripted } from '@gump/agents'
import type { EventOf, LedgerEvent } from '@gump/ledger'
import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const names = Array.from({ length: 12 }, (_, i) => ({ name: `t${i + 1}`, description: 'x' }))
const w = `name: w
steps:
  - name: plan
    type: split
    agent: scripted
    parallel: 4
    each:
      - {name: impl, agent: claude, prompt: go, gate: [{bash: test -f made.txt}]}
`

const of = <T extends LedgerEvent['type']>(events: readonly LedgerEvent[], type: T): readonly EventOf<T>[] =>
  events.filter((event): event is EventOf<T> => event.type === type)

/** Writes a file, and is refused from its sixth launch on until the limit is lifted. */
function limited(refused: { open: boolean }): AgentAdapter {
  let launches = 0
  return {
    ...scripted(parseAgentScript('- do: []', 'x.yaml'), { name: 'claude' }),
    launch: ({ position }) => {
      launches += 1
      if (launches > 5 && refused.open)
        return {
          kind: 'embedded',
          program: {
            steps: [
              {
                do: 'emit',
                line: encodeOutcome({
                  status: 'failed',
                  cause: 'quota',
                  kind: 'quota',
                  message: "You've hit your usage limit",
                  retryAt: { afterMs: 1500 },
                }),
              },
            ],
          },
        }
      return {
        kind: 'embedded',
        program: {
          steps: [
            { do: 'write', path: `${position.task}.txt`, content: 'x' },
            { do: 'write', path: 'made.txt', content: 'made' },
            { do: 'emit', line: encodeOutcome({ status: 'success' }) },
          ],
        },
      }
    },
  }
}

describe('a provider at its limit while branches work side by side', () => {
  it('is asked by nobody before its time, and everything is done once after it', async () => {
    const script = parseAgentScript(
      `- match: {step: plan}\n  do: [{out: {plan: ${JSON.stringify(names)}}}]\n`,
      'agents.yaml',
    )
    const refused = { open: true }
    const { engine } = world({
      workflows: { w },
      script: '- do: []',
      agents: [scripted(script), limited(refused)],
    })
    const run = await engine.start({ workflow: 'w', jobs: 4 })
    for await (const event of run.events) {
      if (event.type !== 'agent_unparked') continue
      refused.open = false
      break
    }
    expect(await run.result).toMatchObject({ status: 'passed' })

    const events = await engine.events(run.id)
    const first = events.findIndex((event) => event.type === 'agent_failed')
    const lifted = events.findIndex((event) => event.type === 'agent_unparked')
    expect(of(events.slice(first, lifted), 'agent_launching')).toEqual([])
    // At most those that were in flight when the first was refused; each is launched once more.
    const failures = of(events, 'agent_failed').length
    expect(failures).toBeGreaterThan(0)
    expect(of(events, 'agent_launching').filter(({ step }) => step !== 'plan')).toHaveLength(12 + failures)
    expect(of(events, 'step_started').every(({ attempt }) => attempt === 1)).toBe(true)
  })
})
