import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'

import {
  type AgentAdapter,
  type ProcessExit,
  type Recording,
  type ReplayedAttempt,
  replayedAttempt,
  type ReplayedFile,
  resolveAgent,
} from '@gump/agents'
import {
  agentLaunches,
  allAttempts,
  initialState,
  type Launch,
  type LaunchEnd,
  reduce,
  walkNodes,
} from '@gump/history'
import { artifactPath, createArtifactStore, type EventOf, type LedgerEvent } from '@gump/ledger'

import { recordedFiles } from './recorded-files.js'

/** A finished run and where its artifacts are. */
export interface FinishedRun {
  readonly id: string
  readonly dir: string
  readonly events: readonly LedgerEvent[]
}

/** Everything that the agents of a run said and wrote, ready to be done again. */
export async function recordRun(
  root: string,
  run: FinishedRun,
  adapters: readonly AgentAdapter[],
): Promise<Recording> {
  const attempts: ReplayedAttempt[] = []
  for (const { launching, launch: recorded } of launchesOf(run.events)) {
    const { ended } = recorded
    // What a replay or a script printed is read the same way whatever was played.
    const family = launching.agent.replace(/^(replay|scripted):.*$/su, '$1')
    const resolved = resolveAgent(family, adapters)
    // A launch that was cut off is repeated by the next one; what cannot be read cannot be replayed.
    if (ended === null || !resolved.ok) continue
    const { step: path, round, attempt, launch } = launching
    attempts.push(
      replayedAttempt({
        adapter: resolved.agent.adapter,
        path,
        round,
        attempt,
        launch,
        lines: await linesOf(join(run.dir, artifactPath(launching, 'stream.ndjson'))),
        exit: await exitOf(run.dir, ended),
        files: await filesOf(root, run, recorded),
      }),
    )
  }
  return { run: run.id, attempts }
}

/** The starts of agents in their order. */
function launchesOf(events: readonly LedgerEvent[]): readonly {
  readonly launching: EventOf<'agent_launching'>
  readonly launch: Launch
}[] {
  const found: { readonly launching: EventOf<'agent_launching'>; readonly launch: Launch }[] = []
  walkNodes(events.reduce(reduce, initialState).root, (node) => {
    for (const launch of allAttempts(node).flatMap(agentLaunches)) {
      if (launch.launching !== null) found.push({ launching: launch.launching, launch })
    }
  })
  return found.toSorted((a, b) => a.launching.seq - b.launching.seq)
}

async function filesOf(
  root: string,
  run: FinishedRun,
  { snapshot, output }: Launch,
): Promise<readonly ReplayedFile[]> {
  const written = snapshot === null ? [] : await recordedFiles(root, snapshot)
  if (output?.from !== 'file' || output.output === undefined) return written
  const content = await createArtifactStore(run.dir).readText(output.output)
  return [...written, { path: `.gump/out/${basename(output.output.path)}`, content }]
}

async function linesOf(file: string): Promise<readonly string[]> {
  const lines: string[] = []
  try {
    for await (const line of createInterface({
      input: createReadStream(file),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      lines.push(line)
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  return lines
}

async function exitOf(dir: string, ended: LaunchEnd): Promise<ProcessExit> {
  const stderr = await readFile(join(dir, artifactPath(ended, 'stderr.txt')), 'utf8').catch(() => '')
  const exit = {
    code: ended.exit_code ?? null,
    signal: ended.signal ?? null,
    stderrTail: stderr.slice(-4096),
  }
  if (ended.type !== 'agent_killed') return exit
  const { by } = ended
  return by === 'guard' || by === 'limit' || by === 'timeout'
    ? { ...exit, killedBy: by }
    : { ...exit, killedBy: 'cancel' }
}
