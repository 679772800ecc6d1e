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
import type { EventOf, LaunchId, LedgerEvent } from '@gump/ledger'
import { artifactPath, createArtifactStore } from '@gump/ledger'

import { recordedFiles } from './recorded-files.js'

type Ended = EventOf<'agent_completed'> | EventOf<'agent_failed'> | EventOf<'agent_killed'>

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
  const launches = run.events.filter((event) => event.type === 'agent_launching')
  const attempts: ReplayedAttempt[] = []
  for (const launching of launches) {
    const ended = run.events.find((event): event is Ended => isEnd(event) && sameLaunch(event, launching))
    // What a replay or a script printed is read the same way whatever was played.
    const family = launching.agent.replace(/^(replay|scripted):.*$/su, '$1')
    const resolved = resolveAgent(family, adapters)
    // A launch that was cut off is repeated by the next one; what cannot be read cannot be replayed.
    if (ended === undefined || !resolved.ok) continue
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
        files: await filesOf(root, run, launching),
      }),
    )
  }
  return { run: run.id, attempts }
}

async function filesOf(
  root: string,
  run: FinishedRun,
  launching: LaunchId,
): Promise<readonly ReplayedFile[]> {
  const find = <T extends LedgerEvent['type']>(type: T) =>
    run.events.find(
      (event): event is EventOf<T> => event.type === type && sameLaunch(event as LaunchId, launching),
    )
  const snapshot = find('snapshot_created')
  const output = find('output_collected')
  const written = snapshot === undefined ? [] : await recordedFiles(root, snapshot)
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

async function exitOf(dir: string, ended: Ended): Promise<ProcessExit> {
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

function isEnd(event: LedgerEvent): event is Ended {
  return event.type === 'agent_completed' || event.type === 'agent_failed' || event.type === 'agent_killed'
}

function sameLaunch(a: LaunchId, b: LaunchId): boolean {
  return a.step === b.step && a.round === b.round && a.attempt === b.attempt && a.launch === b.launch
}
