import type { Dialect, RequestTarget } from './dialect.js'
import { anthropic } from './dialects/anthropic.js'
import { gemini } from './dialects/gemini.js'
import { openaiChat } from './dialects/openai-chat.js'
import { openaiResponses } from './dialects/openai-responses.js'

/** What a request wants, by its method and path. */
export type Route =
  | { readonly kind: 'models' }
  | { readonly kind: 'count'; readonly dialect: Dialect }
  | { readonly kind: 'answer'; readonly dialect: Dialect; readonly target: RequestTarget }

const GEMINI = /\/models\/(?<model>[^/:]+):(?<method>streamGenerateContent|generateContent|countTokens)$/u

/** Any prefix will do: `/v1/messages`, `/proxy/anthropic/v1/messages`. null: nothing is here. */
export function routeOf(method: string, path: string): Route | null {
  if (method === 'GET') return /\/models(?:\/[^/:]+)?$/u.test(path) ? { kind: 'models' } : null
  if (method !== 'POST') return null
  if (path.endsWith('/messages/count_tokens')) return { kind: 'count', dialect: anthropic }
  if (path.endsWith('/messages')) return { kind: 'answer', dialect: anthropic, target: {} }
  if (path.endsWith('/responses')) return { kind: 'answer', dialect: openaiResponses, target: {} }
  if (path.endsWith('/chat/completions')) return { kind: 'answer', dialect: openaiChat, target: {} }
  const groups = GEMINI.exec(path)?.groups
  if (groups === undefined) return null
  if (groups['method'] === 'countTokens') return { kind: 'count', dialect: gemini }
  return {
    kind: 'answer',
    dialect: gemini,
    target: {
      model: decodeURIComponent(groups['model'] ?? ''),
      stream: groups['method'] === 'streamGenerateContent',
    },
  }
}
