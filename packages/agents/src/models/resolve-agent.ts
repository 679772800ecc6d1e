import { closest } from '@gump/errors'
import type { AgentAdapter } from '../contract.js'

// Model ids become arguments of a CLI: nothing that could be taken for an option or for several words.
const MODEL_ID = /^[^\s\p{Cc}-][^\s\p{Cc}]{0,199}$/u

/** What shapes the meaning of an agent's name beside the adapters' own tables. */
export interface ResolveOptions {
  /** Agent name → agent name, `[agents.alias]`: `claude-opus` → `codex`. */
  readonly aliases?: Readonly<Record<string, string>>
  /** Full agent name → model id, `[models]`: over the adapters' own tables. */
  readonly models?: Readonly<Record<string, string>>
  /** Replaces every name but `pass`: `--agent X`. */
  readonly override?: string | null
}

/** An agent's name made concrete. */
export interface ResolvedAgent {
  /** The name after override and aliases. */
  readonly name: string
  readonly adapter: AgentAdapter
  /** What follows the adapter's name, `opus` in `claude-opus`; null without. */
  readonly suffix: string | null
  /** Model id for the CLI; null: its own default. */
  readonly model: string | null
}

/** Why a name could not be resolved. Plain data, ready for a diagnostic or an error `GUMP-A005`. */
export interface AgentProblem {
  readonly code: 'GUMP-A005'
  /** The name that was not understood, after override and aliases. */
  readonly name: string
  readonly message: string
  /** The closest name that would have been understood. */
  readonly suggestion: string | null
}

/** The agent behind a name, or why there is none. */
export type AgentResolution =
  | { readonly ok: true; readonly agent: ResolvedAgent }
  | { readonly ok: false; readonly problem: AgentProblem }

/**
 * Resolves an agent's name as workflows write it. The adapter with the longest matching name wins; a suffix after `-`
 * is looked up in the models table, then in the adapter's aliases, and is otherwise passed on as the model id. An
 * argument after `:` needs an adapter of exactly that name, or one that makes adapters from arguments.
 *
 * @example
 * ```ts
 * resolveAgent('claude-opus', [claude(), codex()])
 * // { ok: true, agent: { name: 'claude-opus', adapter, suffix: 'opus', model: 'claude-opus-5-5' } }
 * resolveAgent('cluade', [claude()]) // { ok: false, problem: { suggestion: 'claude', … } }
 * ```
 */
export function resolveAgent(
  name: string,
  adapters: readonly AgentAdapter[],
  options: ResolveOptions = {},
): AgentResolution {
  const wanted = name === 'pass' ? name : (options.override ?? name)
  const real = followAliases(wanted, options.aliases ?? {})
  if (real === null) {
    return refuse(wanted, `the aliases of agent ${JSON.stringify(wanted)} lead round in a circle`, null)
  }
  const found = findAdapter(real, adapters)
  if (found === null) {
    return refuse(real, `no agent is called ${JSON.stringify(real)}`, suggest(real, adapters, options))
  }
  const { adapter, suffix } = found
  const table = options.models ?? {}
  const model = own(table, real) ?? (suffix === null ? adapter.models.default : modelOf(adapter, suffix))
  if (model !== null && !MODEL_ID.test(model)) {
    return refuse(real, `${JSON.stringify(model)} cannot be the id of a model`, null)
  }
  return { ok: true, agent: { name: real, adapter, suffix, model } }
}

function refuse(name: string, message: string, suggestion: string | null): AgentResolution {
  return { ok: false, problem: { code: 'GUMP-A005', name, message, suggestion } }
}

function followAliases(name: string, aliases: Readonly<Record<string, string>>): string | null {
  const seen = new Set<string>()
  let current = name
  for (let next = own(aliases, current); next !== null && next !== current; next = own(aliases, current)) {
    if (seen.has(current)) return null
    seen.add(current)
    current = next
  }
  return current
}

function findAdapter(
  name: string,
  adapters: readonly AgentAdapter[],
): { adapter: AgentAdapter; suffix: string | null } | null {
  const exact = adapters.find((adapter) => adapter.name === name)
  if (exact !== undefined) return { adapter: exact, suffix: null }

  const byLength = [...adapters].toSorted((a, b) => b.name.length - a.name.length)
  const prefixed = byLength.find(
    (adapter) => name.startsWith(`${adapter.name}-`) && name.length > adapter.name.length + 1,
  )
  if (prefixed !== undefined) return { adapter: prefixed, suffix: name.slice(prefixed.name.length + 1) }

  const colon = name.indexOf(':')
  const family = colon === -1 ? undefined : adapters.find((adapter) => adapter.name === name.slice(0, colon))
  const made = family?.withArgument?.(name.slice(colon + 1)) ?? null
  return made === null ? null : { adapter: made, suffix: null }
}

function modelOf(adapter: AgentAdapter, suffix: string): string {
  return own(adapter.models.aliases, suffix) ?? suffix
}

function suggest(name: string, adapters: readonly AgentAdapter[], options: ResolveOptions): string | null {
  // `crush/openai/gpt-5`, as other tools spell it.
  const spelled = adapters.find((adapter) => name.startsWith(`${adapter.name}/`))
  if (spelled !== undefined) return `${spelled.name}-${name.slice(spelled.name.length + 1)}`
  const known = adapters.flatMap((adapter) => [
    adapter.name,
    ...Object.keys(adapter.models.aliases).map((alias) => `${adapter.name}-${alias}`),
  ])
  return closest(name, [...known, ...Object.keys(options.aliases ?? {})]) ?? null
}

/** A table's own entry: names come from workflows, and `constructor` is not a model. */
function own(table: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null
}
