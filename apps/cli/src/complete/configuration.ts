import { builtinAgents } from '@gump/agents'

import type { Configuration } from '../config/configuration.js'
import { findKey, formatKeyPath, parseKeyPath } from '../config/key-path.js'
import { configKeys } from '../config/keys.js'
import { agentNames } from './agents.js'
import type { Candidate } from './situation.js'

/** Keys of the configuration; where a part is chosen by the user, with the names that there are. */
export function configurationKeys(config: Configuration | null): readonly Candidate[] {
  const set = (config?.settings ?? []).map(({ path, key }) => ({
    word: formatKeyPath(path),
    about: key.summary,
  }))
  const others = configKeys
    .filter(({ means }) => means === undefined)
    .flatMap(({ path, summary }) =>
      spelled(path, config).map((parts) => ({ word: formatKeyPath(parts), about: summary })),
    )
  return [...new Map([...others, ...set].map((candidate) => [candidate.word, candidate])).values()]
}

/** What a key can be set to; nothing where any text or number will do. */
export function configurationValues(written: string, config: Configuration | null): readonly Candidate[] {
  const path = parseKeyPath(written)
  const key = path === undefined ? undefined : findKey(path)
  if (path === undefined || key === undefined) return []
  if (key.path === 'default_agent' || key.path === 'agents.alias.*') return agentNames(config)
  const { schema } = key.kind
  const words = schema['type'] === 'boolean' ? ['true', 'false'] : wordsOf(schema)
  const now = config?.find(...path)?.value ?? key.default
  return words.map((word) => (String(now) === word ? { word, about: 'in force' } : { word }))
}

function wordsOf(schema: Readonly<Record<string, unknown>>): readonly string[] {
  const { enum: own, anyOf } = schema
  if (Array.isArray(own)) return own.map(String)
  return Array.isArray(anyOf) ? anyOf.flatMap((one) => wordsOf(one as Record<string, unknown>)) : []
}

function spelled(path: string, config: Configuration | null): readonly (readonly string[])[] {
  const parts = path.split('.')
  const star = parts.indexOf('*')
  if (star === -1) return [parts]
  return namesFor(path, config).map((name) => parts.with(star, name))
}

function namesFor(path: string, config: Configuration | null): readonly string[] {
  if (path.startsWith('pricing.')) return ['assumed']
  if (path === 'agents.*.executable') {
    return builtinAgents().flatMap(({ name, detection }) => (detection === null ? [] : [name]))
  }
  if (path !== 'models.*' && path !== 'agents.alias.*') return []
  return agentNames(config).map(({ word }) => word)
}
