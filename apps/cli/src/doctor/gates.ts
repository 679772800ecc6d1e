import { createCommandResolver, diskFiles, examineCommand, type ResolvedCommand } from '@gump/gates'
import { findOnPath } from '@gump/process'

import { engineSettings, gateCommands } from '../compose/settings.js'
import { composePricing } from '../compose/pricing.js'
import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'
import type { Examination, Finding } from './finding.js'
import { tryGates, type Trial } from './try-gates.js'

/** What the aliases of gates resolve to here; those without a command only matter to workflows that use them. */
const aliases = ['compile', 'test', 'lint', 'coverage', 'tests_found']

interface Resolved {
  readonly alias: string
  readonly command: ResolvedCommand
  readonly detail: string
}

export const examineGates: Examination = async ({ context, config, root, tryGates: trying }) => {
  if (config === null || root === null) return []
  const findings: (Finding | Resolved)[] = []
  const resolver = createCommandResolver({
    files: diskFiles(root),
    overrides: gateCommands(config),
    findProgram: (name) => findOnPath(name, context.env) ?? null,
  })
  for (const alias of aliases) {
    const found = await resolver.resolve(alias)
    const base = { area: 'gates', name: `gate ${alias}` } as const
    if (found.status === 'unresolved') {
      findings.push({ ...base, status: 'warning', detail: found.because, remedy: found.remedy })
      continue
    }
    const where = config.find('gates', alias)?.where
    const detail = `${found.label ?? found.command}  (${where ?? found.because})`
    const lacking = await missing(context, config, root, found)
    findings.push(
      lacking === null
        ? { alias, command: found, detail }
        : { ...base, ...lacking, detail: `${detail}; ${lacking.detail}` },
    )
  }
  const resolved = findings.filter((finding) => 'alias' in finding)
  const trials =
    trying && resolved.length > 0
      ? await tryGates(
          context,
          config,
          root,
          resolved.map(({ alias }) => alias),
        )
      : null
  const all = findings.map((finding) =>
    'alias' in finding ? tried(finding, trials?.get(finding.alias) ?? null) : finding,
  )
  return none(all) ?? all
}

/** What the command would start and what is not there; null when nothing is known to be missing. */
async function missing(
  context: CliContext,
  config: Configuration,
  root: string,
  command: ResolvedCommand,
): Promise<Pick<Finding, 'status' | 'detail' | 'remedy'> | null> {
  const { worktree } = engineSettings(config, {
    root,
    home: context.home,
    version: context.version,
    pricing: composePricing(config),
  })
  const absent = await examineCommand(command, {
    files: diskFiles(root),
    installed: diskFiles(root),
    findProgram: (name) => findOnPath(name, context.env) ?? null,
    setUp: worktree?.setup !== 'off',
  })
  const [first] = absent
  if (first === undefined) return null
  const names = absent.map(({ name, via }) => (via === '' ? name : `${name} (through ${via})`)).join(', ')
  const brought = absent.every(({ fromSetup }) => fromSetup)
  return {
    status: 'warning',
    detail: brought
      ? `${names} is not installed here; the set-up of the worktree has to bring it`
      : `it ${absent.some(({ isRequired }) => isRequired) ? 'needs' : 'may need'} ${names}, which is not installed`,
    remedy: `install ${first.name}`,
  }
}

function tried({ alias, detail }: Resolved, trial: Trial | null): Finding {
  const base = { area: 'gates', name: `gate ${alias}` } as const
  if (trial === null) return { ...base, status: 'untried', detail }
  const { status, text, remedy } = trial
  return {
    ...base,
    status: status === 'pass' ? 'ok' : status === 'skipped' ? 'untried' : 'warning',
    detail: text === '' ? detail : `${detail}; ${text}`,
    ...(remedy === undefined ? {} : { remedy }),
  }
}

/** Where no gate has a command for the same reason, that is said once. */
function none(findings: readonly Finding[]): readonly Finding[] | null {
  const [first] = findings
  if (
    first === undefined ||
    findings.some(({ status, detail }) => status !== 'warning' || detail !== first.detail)
  ) {
    return null
  }
  const detail = `no command for ${aliases.join(', ')}: ${first.detail}`
  const remedy = 'set them under [gates] in gump.toml where a workflow uses them'
  return [{ area: 'gates', name: 'gates', status: 'warning', detail, remedy }]
}
