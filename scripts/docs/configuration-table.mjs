const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('<', '&lt;')

function kindOf(schema) {
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${word}\``).join(', ')
  if (schema.anyOf !== undefined) return schema.anyOf.map(kindOf).join(' or ')
  if (schema.type === 'array') return 'list of texts'
  if (schema.pattern !== undefined) return 'duration'
  return { boolean: 'true or false', integer: 'whole number', number: 'number', string: 'text' }[schema.type]
}

function* leaves(schema, path) {
  if (schema.type !== 'object') yield [path.join('.'), schema]
  else {
    for (const [name, below] of Object.entries(schema.properties)) yield* leaves(below, [...path, name])
    if (typeof schema.additionalProperties === 'object')
      yield* leaves(schema.additionalProperties, [...path, 'NAME'])
  }
}

/** One row for each key, in the order of the schema. */
export function configurationTable(schema) {
  const rows = [...leaves(schema, [])].map(([path, leaf]) => {
    const initial = leaf.default === undefined ? '' : `\`${JSON.stringify(leaf.default)}\``
    const summary = leaf.$comment === undefined ? leaf.description : `${leaf.description} ${leaf.$comment}`
    return `| \`${path}\` | ${cell(kindOf(leaf))} | ${cell(initial)} | ${cell(summary)} |`
  })
  return ['| key | kind | default | what it does |', '| --- | --- | --- | --- |', ...rows].join('\n')
}
