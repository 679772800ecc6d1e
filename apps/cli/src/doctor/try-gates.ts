import { isGumpError } from '@gump/errors'
import { createEngine } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { memoryPlaybook } from '@gump/schema'

import { composePricing } from '../compose/pricing.js'
import { engineSettings } from '../compose/settings.js'
import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'

/** How one gate ended. */
export interface Trial {
  readonly status: 'pass' | 'fail' | 'skipped'
  readonly text: string
  readonly remedy?: string
}

/**
 * Runs gates as a run would: in a worktree of its own with its set-up, in the sandbox, on the last commit. Nothing of it
 * is kept.
 */
export async function tryGates(
  context: CliContext,
  config: Configuration,
  root: string,
  aliases: readonly string[],
): Promise<ReadonlyMap<string, Trial>> {
  const gates = aliases.map((alias) => (alias === 'coverage' ? 'coverage: 0' : alias)).join(', ')
  const text = `name: doctor\nsteps:\n  - name: try\n    gate: [${gates}]\n`
  const engine = createEngine({
    repo: root,
    playbook: memoryPlaybook({ origin: 'builtin', workflows: [{ ref: 'doctor', text }] }),
    agents: [],
    gates: builtinGates,
    guards: builtinGuards,
    settings: engineSettings(config, {
      root,
      home: context.home,
      version: context.version,
      pricing: composePricing(config),
    }),
    ambient: { env: context.env, home: context.home, human: null },
  })
  const trials = new Map<string, Trial>()
  let id: string | null = null
  try {
    const run = await engine.start({ workflow: 'doctor', allowDirty: true })
    ;({ id } = run)
    for await (const event of run.events) {
      switch (event.type) {
        case 'gate_passed':
          trials.set(event.gate, { status: 'pass', text: `passed in ${seconds(event.duration_ms)}` })
          break
        case 'gate_failed':
          trials.set(event.gate, { status: 'fail', text: `it runs, and fails: ${firstLine(event.error)}` })
          break
        case 'gate_skipped':
          trials.set(event.gate, { status: 'skipped', text: firstLine(event.reason) })
          break
        case 'circuit_breaker': {
          const gate = /^gate (\S+) /u.exec(event.reason)?.[1]
          if (gate !== undefined)
            trials.set(gate, {
              status: 'fail',
              text: firstLine(event.reason),
              ...(event.remedy === undefined ? {} : { remedy: event.remedy }),
            })
          break
        }
        default:
      }
    }
    await run.result
  } catch (error) {
    if (!isGumpError(error)) throw error
    const failed: Trial = {
      status: 'fail',
      text: firstLine(error.message),
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    }
    for (const alias of aliases) if (!trials.has(alias)) trials.set(alias, failed)
  } finally {
    if (id !== null) await engine.gc({ runs: [id], confirm: async () => true })
    await engine.close()
  }
  return trials
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? ''
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}
