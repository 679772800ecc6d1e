import { acp, claude, codex, cursor, opencode } from '@gump/agents'
import type { Run } from '@gump/engine'
import type { LedgerEvent } from '@gump/ledger'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { world } from '../support/world.js'
import { type ProgramSituation, programSituations } from './program-situations.js'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder with the program, which counts its launches. */
function install({ agent, command, program }: ProgramSituation): {
  readonly bin: string
  readonly count: () => number
} {
  const folder = mkdtempSync(join(tmpdir(), 'situation-'))
  folders.push(folder)
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const file = join(bin, command ?? agent)
  const script = `#!/bin/bash
[ "$1" = --version ] && { echo 9.9.9; exit 0; }
[ "$1" = auth ] || [ "$1" = login ] && exit 0
echo x >> ${folder}/launches
N=$(wc -l < ${folder}/launches)
case " $* " in *" --resume "*|*" resume "*) RESUMED=1;; esac
${command === 'fake-acp' ? '' : 'cat > /dev/null'}
${program}
`
  writeFileSync(file, script)
  chmodSync(file, 0o755)
  return { bin, count: () => readFileSync(join(folder, 'launches'), 'utf8').trim().split('\n').length }
}

async function play(situation: ProgramSituation): Promise<{
  readonly events: readonly LedgerEvent[]
  readonly launches: number
}> {
  const { bin, count } = install(situation)
  const { agent, step } = situation
  const w = `name: w\nsteps:\n  - {name: impl, agent: ${agent}, prompt: go${step === undefined ? '' : `, ${step}`}}\n`
  const { engine } = world({
    workflows: { w },
    script: '- do: []',
    agents: [claude(), codex(), cursor(), opencode(), acp()],
    settings: { agentEnd: { silenceMs: situation.silenceMs ?? 300, backgroundMs: 20_000 } },
    ambient: { env: { ...process.env, PATH: `${bin}:${process.env['PATH']}` } },
  })
  const run = await engine.start({ workflow: 'w' })
  if (situation.ends === 'parked') await parked(run)
  await run.result
  return { events: await engine.events(run.id), launches: count() }
}

/** Waits until it waits for a provider, and stops it then. */
async function parked(run: Run): Promise<void> {
  for await (const event of run.events) if (event.type === 'agent_parked') break
  await run.cancel('seen enough')
}

const status = { passed: 'passed', failed: 'failed', parked: 'cancelled' } as const

describe.each(programSituations.map((s) => [s.kind, s.agent, s.name, s] as const))(
  '%s: %s: %s',
  (_kind, _agent, _name, situation) => {
    it('ends as it should', { timeout: 120_000 }, async () => {
      const { events, launches } = await play(situation)
      const end = events.findLast((event) => event.type === 'run_completed')
      expect(end).toMatchObject({ status: status[situation.ends] })
      expect(launches).toBe(situation.launches)
      const attempts = events.filter((event) => event.type === 'step_started').length
      if (situation.attempts !== undefined) expect(attempts).toBe(situation.attempts)
      if (situation.usage !== undefined) expect(end).toMatchObject({ usage: situation.usage })
      let from = 0
      for (const wanted of situation.events ?? []) {
        const at = events.findIndex((event, i) => i >= from && event.type === wanted.type)
        expect(events[at]).toMatchObject(wanted)
        from = at + 1
      }
      const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []))
      if (situation.warning !== undefined)
        expect(warnings).toEqual(expect.arrayContaining([expect.stringMatching(situation.warning)]))
    })
  },
)
