import type { PermissionOption, RequestPermissionResponse } from '@agentclientprotocol/sdk'

/** Answers a request for permission: the narrowest option that allows; without one, the request is cancelled. */
export function allowOnce(options: readonly PermissionOption[]): RequestPermissionResponse {
  const chosen =
    options.find(({ kind }) => kind === 'allow_once') ?? options.find(({ kind }) => kind === 'allow_always')
  if (chosen === undefined) return { outcome: { outcome: 'cancelled' } }
  return { outcome: { outcome: 'selected', optionId: chosen.optionId } }
}
