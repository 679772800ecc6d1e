import { configKeys } from './keys.js'
import { authorityNotes } from './repository-authority.js'
import { retiredKeys } from './retired.js'

interface SchemaNode {
  readonly type: 'object'
  readonly properties: Record<string, unknown>
  additionalProperties: unknown
}

/** JSON Schema (2020-12) of `gump.toml` and `~/.gump/config.toml`, made from the table of keys. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const top = table()
  for (const key of configKeys) {
    const parts = key.path.split('.')
    let node = top
    for (const part of parts.slice(0, -1)) node = descend(node, part)
    const name = parts.at(-1) ?? ''
    const leaf = {
      ...key.kind.schema,
      description: key.summary,
      ...(key.default === undefined ? {} : { default: key.default }),
      ...(key.means === undefined ? {} : { deprecated: true }),
      ...(authorityNotes[key.authority] === undefined ? {} : { $comment: authorityNotes[key.authority] }),
    }
    if (name === '*') node.additionalProperties = leaf
    else node.properties[name] = leaf
  }
  for (const { path, why } of retiredKeys) {
    const parts = path.split('.')
    let node = top
    for (const part of parts.slice(0, -1)) node = descend(node, part)
    const leaf = { description: `Ignored: ${why}.`, deprecated: true }
    const name = parts.at(-1) ?? ''
    if (name === '*') node.additionalProperties = leaf
    else node.properties[name] = leaf
  }
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Gump configuration', ...top }
}

function table(): SchemaNode {
  return { type: 'object', properties: {}, additionalProperties: false }
}

function descend(node: SchemaNode, part: string): SchemaNode {
  const present = part === '*' ? node.additionalProperties : node.properties[part]
  if (isNode(present)) return present
  const made = table()
  if (part === '*') node.additionalProperties = made
  else node.properties[part] = made
  return made
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && 'properties' in value
}
