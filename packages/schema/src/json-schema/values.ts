import { described, object, ref, type JsonSchema } from './json-schema.js'

const relativePath = String.raw`^(?![/~])(?![A-Za-z]:)(?!(?:[^]*/)?\.\.(?:/|$))[^\\\u0000-\u001f\u007f]*$`
const namePattern = '[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*'
const reserved = 'spec|task|item|prev|gate|error|diff|attempt|run|__proto__'

/** Definitions of single values, the same in both dialects. */
export const valueDefinitions: Readonly<Record<string, JsonSchema>> = {
  text: { type: 'string', pattern: String.raw`\S` },
  path: { type: 'string', allOf: [{ pattern: relativePath }, { pattern: String.raw`\S` }] },
  duration: {
    type: 'string',
    description: '90s, 30m, 1h30m, 500ms',
    allOf: [
      { pattern: '^(?:\\d{1,9}h)?(?:\\d{1,9}m)?(?:\\d{1,9}s)?(?:\\d{1,12}ms)?$' },
      { pattern: '[1-9]' },
    ],
  },
  stepName: { type: 'string', maxLength: 64, pattern: `^(?!(?:${reserved})$)[A-Za-z0-9_][A-Za-z0-9_-]*$` },
  workflowName: { type: 'string', maxLength: 256, pattern: `^${namePattern}$` },
  workflowRef: {
    type: 'string',
    maxLength: 256,
    anyOf: [
      { pattern: `^(?!.*\\.ya?ml$)${namePattern}$` },
      { allOf: [{ pattern: String.raw`\.ya?ml$` }, { pattern: relativePath }] },
    ],
  },
  inputValue: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] },
  inputs: {
    anyOf: [
      {
        type: 'object',
        propertyNames: { pattern: '^(?!__proto__$)[A-Za-z0-9_][A-Za-z0-9_-]*$' },
        additionalProperties: ref('inputValue'),
      },
      { type: 'null' },
    ],
  },
  count: { type: 'integer', minimum: 1 },
  usd: { type: 'number', exclusiveMinimum: 0 },
  globs: {
    anyOf: [ref('path'), { type: 'array', minItems: 1, items: ref('path') }],
  },
  templateGlobs: {
    anyOf: [ref('text'), { type: 'array', minItems: 1, items: ref('text') }],
  },
  prompt: {
    anyOf: [
      ref('text'),
      object({ file: described('A text file beside the workflow.', ref('path')) }, ['file']),
    ],
  },
  context: {
    type: 'array',
    items: {
      anyOf: [
        object({ file: described('A path or glob in the repository.', ref('path')) }, ['file']),
        object({ bash: described('A command whose output is given to the agent.', ref('text')) }, ['bash']),
        { type: 'string', pattern: String.raw`^\s*(?:file|bash)\s*:\s+\S` },
      ],
    },
  },
  hitl: { anyOf: [{ type: 'boolean' }, { enum: ['before_gate', 'after_gate'] }] },
  worktree: { enum: ['read-write', 'read-only', 'none'] },
  parallel: { anyOf: [{ type: 'boolean' }, ref('count')] },
  onConflict: { enum: ['rerun', 'fatal'] },
  blastRadius: { enum: ['enforce', 'warn', 'off'] },
}
