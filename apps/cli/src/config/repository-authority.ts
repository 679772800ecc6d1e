import { parseDuration } from '@gump/schema'

import { tomlValue } from './edit.js'
import type { ConfigKey } from './keys.js'
import type { Setting } from './layer.js'
import type { ConfigValue } from './value-kind.js'

/** What a repository may do with each key, for editors and the documentation. */
export const authorityNotes: Readonly<Partial<Record<ConfigKey['authority'], string>>> = {
  agent: 'In a repository, no `acp:` or `command:`.',
  tighten: 'A repository can only tighten it.',
  lower: 'A repository can only lower it.',
  raise: 'A repository can only raise it.',
  extend: 'All sources add up.',
  user: 'Not in a repository.',
  ignored: 'Not in a repository, where it is ignored.',
}

interface Refusal {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly expected: string
  readonly at: 'key' | 'value'
}

/** Why a repository may not give a key this value, and what would be right; null when it may. */
export function refusalInRepository(key: ConfigKey, written: string, value: ConfigValue): Refusal | null {
  if (key.authority === 'ignored') {
    return {
      severity: 'warning',
      message: `${written} is ignored: a repository does not decide where worktrees go`,
      expected: `${written} in ~/.gump/config.toml or in the environment, if you want it`,
      at: 'key',
    }
  }
  if (key.authority === 'user') {
    return {
      severity: 'error',
      message: `a repository may not set ${written}`,
      expected: `${written} in ~/.gump/config.toml or in the environment`,
      at: 'key',
    }
  }
  if (key.authority === 'agent' && namesProgram(value)) {
    return {
      severity: 'error',
      message: `a repository may not name a program: ${written} = ${tomlValue(value)}`,
      expected: `an agent that gump models lists here, or this line in ~/.gump/config.toml`,
      at: 'value',
    }
  }
  return null
}

/** `acp:` takes any command, and `command:` what a user has configured for themselves. */
function namesProgram(value: ConfigValue): boolean {
  return typeof value === 'string' && /^\s*(?:acp|command)\s*:/iu.test(value)
}

/** What a repository can only do with what its user has set, when its own value would do something else. */
export function mayReplace(own: Setting, project: Setting): 'tighten' | 'lower' | 'raise' | null {
  const { authority } = project.key
  const [mine, theirs] = [own, project].map((setting) => rank(setting.key, setting.value)) as [number, number]
  if (authority === 'tighten' || authority === 'raise') return theirs < mine ? authority : null
  return authority === 'lower' && theirs > mine ? authority : null
}

function rank({ order }: ConfigKey, value: ConfigValue): number {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return 0
  return order === undefined ? (parseDuration(value) ?? 0) : order.indexOf(value)
}
