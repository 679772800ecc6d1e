import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diskFiles, resolveSetup, type SetupStep } from '@gump/gates'
import { findOnPath } from '@gump/process'
import type { SetupPlace } from './setup-place.js'
import type { RunContext } from '../run-context.js'

/** What the set-up of a worktree consists of. */
export interface SetupSteps {
  readonly steps: readonly SetupStep[]
  /** What they make, which no commit may take in. */
  readonly produces: readonly string[]
  /** Changes when another set-up is due. */
  readonly fingerprint: string
}

const found = new WeakMap<RunContext['worktrees'], Map<string, SetupSteps>>()

/** The branches of a group begin at one commit, and a project is looked through once for all of them. */
export async function stepsAt(
  context: Pick<RunContext, 'ambient' | 'settings' | 'worktrees'>,
  place: SetupPlace,
): Promise<SetupSteps> {
  const { commit } = place
  const known = found.get(context.worktrees) ?? new Map<string, SetupSteps>()
  found.set(context.worktrees, known)
  const steps = known.get(commit) ?? (await stepsOf(context, place))
  known.set(commit, steps)
  return steps
}

async function stepsOf(
  context: Pick<RunContext, 'ambient' | 'settings'>,
  place: SetupPlace,
): Promise<SetupSteps> {
  const { dir } = place.worktree
  const { worktree } = context.settings
  // What the user's repository has is there already; git fetches the rest.
  const missing = worktree.submodules ? await place.worktree.missingSubmodules(place.commit) : []
  const submodules = missing.length > 0 ? [command('git submodule update --init --recursive')] : []
  if (worktree.setup !== 'auto') {
    const own = worktree.setup === 'off' ? [] : worktree.setup.map(command)
    const steps = [...submodules, ...own]
    return { steps, produces: [], fingerprint: hash(steps.map((step) => step.command)) }
  }
  const plan = await resolveSetup({
    files: diskFiles(dir),
    findProgram: (name) => findOnPath(name, context.ambient.env) ?? null,
  })
  const steps = [...submodules, ...(plan?.steps ?? [])]
  const locks = (plan?.lockfiles ?? []).flatMap((path) =>
    existsSync(join(dir, path)) ? [readFileSync(join(dir, path), 'utf8')] : [],
  )
  return {
    steps,
    produces: plan?.produces ?? [],
    fingerprint: hash([...steps.map((step) => step.command), ...locks]),
  }
}

function command(text: string): SetupStep {
  return { command: text, pinned: true, clones: null, folder: '', local: true }
}

function hash(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16)
}
