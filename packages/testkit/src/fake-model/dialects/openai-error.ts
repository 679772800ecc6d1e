import type { JsonObject } from '../json-value.js'

/** The error object that both OpenAI APIs answer with. */
export function openaiError(status: number): JsonObject {
  return { error: { message: `scripted status ${status}`, param: null, ...kindOf(status) } }
}

function kindOf(status: number): { readonly type: string; readonly code: string | null } {
  if (status === 401) return { type: 'invalid_request_error', code: 'invalid_api_key' }
  if (status === 404) return { type: 'invalid_request_error', code: 'model_not_found' }
  if (status === 429) return { type: 'requests', code: 'rate_limit_exceeded' }
  return { type: status >= 500 ? 'server_error' : 'invalid_request_error', code: null }
}
