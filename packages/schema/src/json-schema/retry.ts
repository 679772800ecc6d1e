import { having, object, ref, type JsonSchema } from './json-schema.js'

const cause: JsonSchema = { enum: ['gate', 'guard', 'review'] }

const overrides: Readonly<Record<string, JsonSchema>> = {
  cause,
  agent: ref('text'),
  session: { const: 'new' },
  worktree: { enum: ['reset', 'pristine'] },
  prompt: ref('prompt'),
  restart_from: ref('text'),
  replan: ref('text'),
}

/** `retry` of the current dialect. */
export const retryList: JsonSchema = {
  type: 'array',
  contains: { ...asObject(having('exit')), not: having('cause') },
  items: {
    anyOf: [
      object({ attempt: ref('count'), ...overrides }, ['attempt']),
      object({ not: ref('text'), ...overrides }, ['not']),
      object({ validate: ref('workflowRef'), with: ref('inputs'), ...overrides }, ['validate']),
      object({ exit: ref('count'), cause }, ['exit']),
    ],
  },
}

const agentStrategy = (word: string): JsonSchema => object({ [word]: ref('text') }, [word])

const ladder: Readonly<Record<string, JsonSchema>> = {
  retry: { type: 'integer', minimum: 0 },
  strategy: {
    type: 'array',
    items: {
      anyOf: [
        {
          type: 'string',
          pattern: String.raw`^\s*(?:same|same\s*:\s+\d+|(?:escalate|replan)\s*:\s+\S[^]*)\s*$`,
        },
        object({ same: { type: 'integer', minimum: 1, maximum: 1000 } }, ['same']),
        agentStrategy('escalate'),
        agentStrategy('replan'),
      ],
    },
  },
  restart_from: ref('text'),
}

const onePolicy = object(ladder, ['retry'])

/** `on_failure` of the earlier dialect. */
export const onFailure: JsonSchema = {
  anyOf: [
    onePolicy,
    object({ gate_fail: onePolicy, guard_fail: onePolicy, review_fail: onePolicy }, [], { minProperties: 1 }),
  ],
}

function asObject(schema: JsonSchema): object {
  return typeof schema === 'boolean' ? {} : schema
}
