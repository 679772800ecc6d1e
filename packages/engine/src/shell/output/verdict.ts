import { isRecord, parseJson } from './json-problem.js'

/** Reads a validate step's answer: `{ "pass": boolean, "comments": string }`; `verdict` and `valid` are understood too. */
export function parseVerdict(
  text: string,
): { readonly verdict: boolean; readonly comments?: string } | { readonly error: string } {
  const parsed = parseJson(text)
  if ('error' in parsed) return parsed
  if (typeof parsed.value === 'boolean') return { verdict: parsed.value }
  if (!isRecord(parsed.value)) return { error: 'expected an object such as {"pass": true, "comments": "…"}' }
  const verdict = ['pass', 'verdict', 'valid', 'passed']
    .map((key) => own(parsed.value, key))
    .find((v) => v !== undefined)
  if (typeof verdict !== 'boolean') return { error: 'the key "pass" must be true or false' }
  const comments = own(parsed.value, 'comments') ?? own(parsed.value, 'comment')
  if (comments === undefined || comments === null) return { verdict }
  return { verdict, comments: commentText(comments) }
}

function own(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function commentText(comments: unknown): string {
  if (typeof comments === 'string') return comments
  if (!Array.isArray(comments)) return JSON.stringify(comments)
  return comments.map((item) => `- ${typeof item === 'string' ? item : JSON.stringify(item)}`).join('\n')
}
