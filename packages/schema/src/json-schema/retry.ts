import { described, having, object, ref, type JsonSchema } from './json-schema.js'

const cause: JsonSchema = described('Only for failures of this cause.', { enum: ['gate', 'guard', 'review'] })

const overrides: Readonly<Record<string, JsonSchema>> = {
  cause,
  agent: described('Another agent, in a new session.', ref('text')),
  session: described('The agent forgets what it did.', { const: 'new' }),
  worktree: described('Back to before the step; pristine removes ignored files, too.', {
    enum: ['reset', 'pristine'],
  }),
  prompt: described('In place of the prompt of the step.', ref('prompt')),
  restart_from: described('Back to an earlier step of the same list.', ref('text')),
  replan: described('An agent that splits the task.', ref('text')),
}

/** `retry` of the current dialect. */
export const retryList: JsonSchema = {
  type: 'array',
  contains: { ...asObject(having('exit')), not: having('cause') },
  items: {
    anyOf: [
      object({ attempt: described('From this attempt on.', ref('count')), ...overrides }, ['attempt']),
      object({ not: described('When this gate failed, for the next attempt.', ref('text')), ...overrides }, [
        'not',
      ]),
      object(
        {
          validate: described('When this workflow answers true, for the next attempt.', ref('workflowRef')),
          with: described('Values for its inputs.', ref('inputs')),
          ...overrides,
        },
        ['validate'],
      ),
      object({ exit: described('The number of the last attempt. Required.', ref('count')), cause }, ['exit']),
    ],
  },
}

const agentStrategy = (word: string, description: string): JsonSchema =>
  object({ [word]: described(description, ref('text')) }, [word])

const ladder: Readonly<Record<string, JsonSchema>> = {
  retry: described('Attempts after the first.', { type: 'integer', minimum: 0 }),
  strategy: described('What changes, attempt by attempt; the last one repeats.', {
    type: 'array',
    items: {
      anyOf: [
        {
          type: 'string',
          pattern: String.raw`^\s*(?:same|same\s*:\s+\d+|(?:escalate|replan)\s*:\s+\S[^]*)\s*$`,
        },
        object(
          {
            same: described('Nothing changes for so many attempts.', {
              type: 'integer',
              minimum: 1,
              maximum: 1000,
            }),
          },
          ['same'],
        ),
        agentStrategy('escalate', 'Another agent starts over.'),
        agentStrategy('replan', 'An agent splits the failing item.'),
      ],
    },
  }),
  restart_from: described('Back to an earlier step of the same list.', ref('text')),
}

const onePolicy = object(ladder, ['retry'])

/** `on_failure` of the earlier dialect. */
export const onFailure: JsonSchema = {
  anyOf: [
    onePolicy,
    object(
      {
        gate_fail: described('After a failed gate; also for causes that have no policy.', onePolicy),
        guard_fail: described('After a tripped guard.', onePolicy),
        review_fail: described('After a review that said no.', onePolicy),
      },
      [],
      { minProperties: 1 },
    ),
  ],
}

function asObject(schema: JsonSchema): object {
  return typeof schema === 'boolean' ? {} : schema
}
