import type { Diagnostic } from '@gump/errors'
import { type AbsentProgram, diskFiles, examineCommand, type GateDefinition } from '@gump/gates'
import { findOnPath } from '@gump/process'
import type { Step } from '@gump/schema'
import { innerSteps, type Plan } from '@gump/core'
import type { GateCommands } from '../shell/gate-commands.js'
import type { Setup } from './setup.js'

/**
 * What the gates of a plan lack on this machine, before the first agent costs anything. Programs are looked up through
 * scripts and recipes; nothing of the repository is run. A program that the set-up should bring is a warning, because
 * only the set-up can tell; so is one that the command may do without.
 */
export async function examineGates(
  setup: Setup,
  plan: Plan | null,
  commands: () => Promise<GateCommands>,
): Promise<readonly Diagnostic[]> {
  if (plan === null) return []
  const used = new Map<string, GateDefinition>()
  for (const gate of Object.values(plan.workflows).flatMap(({ steps }) => gatesOf(steps))) {
    const definition = setup.gates.get(gate)
    const alias = definition?.commandAlias
    if (definition === undefined || alias === undefined) continue
    if (used.get(alias)?.required !== true) used.set(alias, definition)
  }
  if (used.size === 0) return []
  const { resolver, baseFiles } = await commands()
  const findProgram = (name: string): string | null => findOnPath(name, setup.ambient.env) ?? null
  const installed = diskFiles(setup.facts.root)
  const setUp = setup.settings.worktree.setup !== 'off'
  const own = Array.isArray(setup.settings.worktree.setup)
  const found: Diagnostic[] = []
  const unchecked = new Set<string>()
  for (const [alias, { required }] of used) {
    const command = await resolver.resolve(alias)
    if (command.status === 'unresolved') {
      // A project without any command may be what the run is about to create.
      if (command.missing !== undefined)
        found.push(cannot(alias, command.because, required && !own, command.remedy))
      continue
    }
    if (alias === 'compile' || alias === 'test')
      for (const part of command.unchecked ?? []) unchecked.add(part)
    for (const program of await examineCommand(command, {
      files: baseFiles,
      installed,
      findProgram,
      setUp,
    })) {
      const needs = program.isRequired ? 'needs' : 'may need'
      const message = `\`${command.label ?? command.command}\` ${needs} ${told(program)}`
      const expected = `install ${program.name}, or set ${alias} = "…" under [gates] in gump.toml`
      found.push(
        cannot(alias, message, required && !own && program.isRequired && !program.fromSetup, expected),
      )
    }
  }
  return [
    ...found,
    ...[...unchecked].map((message): Diagnostic => ({ code: 'GUMP-R014', severity: 'warning', message })),
  ]
}

function told({ name, via, fromSetup }: AbsentProgram): string {
  const path = via === '' ? '' : ` (through ${via})`
  return fromSetup
    ? `${name}${path}, which is not installed here; the set-up of the worktree has to bring it`
    : `${name}${path}, which is not installed`
}

function cannot(alias: string, message: string, refused: boolean, expected: string): Diagnostic {
  return {
    code: 'GUMP-R012',
    severity: refused ? 'error' : 'warning',
    message: `${alias}: ${message}`,
    expected,
  }
}

function gatesOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => [...step.gates.map(({ gate }) => gate), ...gatesOf(innerSteps(step))])
}
