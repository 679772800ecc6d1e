/** JSON Schema of a split's tasks; a task may have any other field, which templates reach as `{task.<field>}`. */
export const tasksSchema: Readonly<Record<string, unknown>> = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Tasks of a split',
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'description'],
    properties: {
      name: { type: 'string', pattern: '\\S' },
      description: { type: 'string', pattern: '\\S' },
      files: { type: 'array', items: { type: 'string', pattern: '\\S' } },
    },
  },
}
