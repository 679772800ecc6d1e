import type { FailureKind } from '../contract.js'
import { jsonInMessage } from './json-in-message.js'
import { isVague, kindOfName } from './kind-of-name.js'
import { kindOfStatus, statusInText } from './kind-of-status.js'
import { kindOfText } from './kind-of-text.js'

/** Everything a failed launch told about why it failed. */
export interface FailureSigns {
  readonly message: string
  /** HTTP status, where the CLI tells it in a field of its own. */
  readonly status?: number | null
  /** Names of the error in fields of their own, the most telling first: `rate_limit`, `ProviderAuthError`. */
  readonly names?: readonly (string | null | undefined)[]
}

// The account can be at its end behind a status that says something else: 401 for an empty balance, 400 or 403 for a
// spent allowance, 429 for a provider that has no room for anybody.
const TEXT_CORRECTS: Readonly<Partial<Record<FailureKind, readonly FailureKind[]>>> = {
  sign_in: ['credit', 'quota', 'model', 'configuration', 'refusal'],
  model: ['sign_in', 'credit', 'quota'],
  quota: ['overload', 'credit', 'context', 'budget'],
  overload: ['credit', 'quota'],
  context: [],
}

// Some say no more than the name of their error; those of Connect come as `ConnectError: [permission_denied] …`.
const NAME_ONLY = /^(?=[\w.]{3,60}$|\w*Error: \[)(?:\w*Error: \[)?([\w.]{3,60})/

/**
 * What kind of failure a launch ended in: by the fields that tell it, where the message does not know better, then by
 * the message. To be asked about launches that have failed only: an agent may write any of these words about its task.
 */
export function classifyFailure(signs: FailureSigns): FailureKind | null {
  const text = kindOfText(signs.message) ?? kindOfName(NAME_ONLY.exec(signs.message)?.[1] ?? '')
  const told =
    kindOfFields(signs) ??
    kindOfFields(jsonInMessage(signs.message)) ??
    kindOfStatus(statusInText(signs.message))
  if (told === null) return text
  if (text === null || text === told) return told
  if (isVague(told)) return text
  return TEXT_CORRECTS[told]?.includes(text) === true ? text : told
}

function kindOfFields({ names, status }: Pick<FailureSigns, 'names' | 'status'>): FailureKind | null {
  const known = (names ?? []).flatMap((name) => {
    const kind = name === null || name === undefined ? null : kindOfName(name)
    return kind === null ? [] : [kind]
  })
  const byName = known.find((kind) => !isVague(kind))
  return byName ?? kindOfStatus(status ?? null) ?? known[0] ?? null
}
