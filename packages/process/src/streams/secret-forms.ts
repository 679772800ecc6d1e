/** Shorter values are left alone: `true` or `main` as a secret would blank ordinary words everywhere. */
const SHORTEST_SECRET = 8

/** Programs that print hex or base64 break their lines: `xxd -p` after 30 bytes, `base64` after 57. */
const HEX_LINE = 30
const BASE64_LINE = 57

/**
 * The forms in which secrets of 8 characters or more are looked for: trimmed; as they look inside a JSON string (a
 * private key in a line of an agent's stream has `\n` for its line ends); and encoded as base64, base64url, hex or for
 * a URL. Base64 of a longer text looks different for each of the three places at which a secret can begin in it.
 */
export function secretForms(secrets: readonly string[]): string[] {
  const forms = new Set<string>()
  for (const secret of secrets) {
    const trimmed = secret.trim()
    if (trimmed.length < SHORTEST_SECRET) continue
    for (const form of [...written(trimmed), ...inUrls(trimmed), ...inBase64(trimmed), ...inHex(trimmed)]) {
      if (form.length >= SHORTEST_SECRET) forms.add(form)
    }
  }
  return [...forms]
}

function written(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1)]
}

function inUrls(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const every = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  // encodeURIComponent leaves some characters that others do not.
  const usual = encodable(secret)
  const strict = usual.replaceAll(/[!'()*~]/gu, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = strict.replaceAll('%20', '+')
  const low = (text: string) => text.replaceAll(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase())
  return [usual, strict, form, low(usual), low(strict), low(form), every, every.toUpperCase()]
}

function encodable(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
}

function inBase64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const lines = bytes.length > BASE64_LINE ? slices(bytes, BASE64_LINE) : []
  return [
    ...[0, 1, 2].map((before) => fixedBase64(bytes, before)),
    bytes.toString('base64'),
    ...lines.map((part) => fixedBase64(part, 0)),
  ].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')])
}

/** The characters that do not depend on what stands before and behind, with so many bytes before. */
function fixedBase64(bytes: Buffer, before: number): string {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
  return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
}

function inHex(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const lines = bytes.length > HEX_LINE ? slices(bytes, HEX_LINE) : []
  return [bytes, ...lines].flatMap((part) => {
    const hex = part.toString('hex')
    return [hex, hex.toUpperCase()]
  })
}

function slices(bytes: Buffer, length: number): readonly Buffer[] {
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += length) {
    const part = bytes.subarray(at, at + length)
    // The rest of a secret tells little, and short texts would be found everywhere.
    if (part.length >= SHORTEST_SECRET) parts.push(part)
  }
  return parts
}
