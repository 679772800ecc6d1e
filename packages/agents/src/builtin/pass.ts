import type { AgentAdapter } from '../contract.js'
import { createNormalizedParser, encodeOutcome } from '../streams/normalized-stream.js'

/**
 * The agent that does nothing and succeeds: `agent: pass` goes straight from GET to the gates. The engine may skip the
 * launch altogether; this adapter gives the same result when it does not.
 */
export function pass(): AgentAdapter {
  return PASS
}

const PASS: AgentAdapter = Object.freeze<AgentAdapter>({
  name: 'pass',
  displayName: 'No agent',
  models: { aliases: {}, default: null },
  capabilities: {
    resume: false,
    maxTurns: false,
    nativeCost: true,
    usage: 'final',
    structuredOutput: false,
    stdinPrompt: true,
  },
  detection: null,
  launch: () => ({
    kind: 'embedded',
    program: {
      steps: [
        {
          do: 'emit',
          line: encodeOutcome({ status: 'success', turns: 0, costUsd: { value: 0, scope: 'launch' } }),
        },
      ],
    },
  }),
  createParser: createNormalizedParser,
})
