import type { Dialect } from '../ir.js'
import { builtinGateNames, builtinGuardNames } from '../parse/builtin-names.js'
import type { Vocabulary } from '../parse/vocabulary.js'
import { gateList } from './gates.js'
import { guardMap } from './guards.js'
import { described, object, ref, type JsonSchema } from './json-schema.js'
import { onFailure, retryList } from './retry.js'
import { stepSchema } from './steps.js'
import { valueDefinitions } from './values.js'

const sessions: Readonly<Record<Dialect, JsonSchema>> = {
  v4: {
    anyOf: [
      { const: 'new' },
      object({ from: described('An earlier agent step of the same task.', ref('text')) }, ['from']),
      { type: 'string', pattern: String.raw`^\s*from\s*:\s+\S` },
    ],
  },
  v3: {
    anyOf: [
      { enum: ['fresh', 'reuse', 'reuse-on-retry'] },
      object({ reuse: described('An earlier agent step of the same task.', ref('text')) }, ['reuse']),
      { type: 'string', pattern: String.raw`^\s*reuse\s*:\s+\S` },
    ],
  },
}

/**
 * The JSON Schema (2020-12) of one dialect. It describes the structure of a file after YAML's own anchors and merge
 * keys; what depends on several steps (unknown sessions, duplicate names) only the parser sees.
 *
 * @param vocabulary - gates and guards, when plugins add some
 */
export function workflowSchema(dialect: Dialect, vocabulary: Partial<Vocabulary> = {}): JsonSchema {
  const known: Vocabulary = {
    gates: vocabulary.gates ?? builtinGateNames,
    guards: vocabulary.guards ?? builtinGuardNames,
  }
  const properties: Record<string, JsonSchema> = {
    name: described('Letters, digits, ".", "_" and "-"; "/" separates name spaces.', ref('workflowName')),
    description: described('Shown by the playbook.', ref('text')),
    max_budget: described('USD for the whole run.', ref('usd')),
    max_tokens: described('Tokens for the whole run, in and out.', ref('count')),
    max_timeout: described('Wall clock for the whole run.', ref('duration')),
    steps: described('What is done, from top to bottom.', ref('steps')),
    ...(dialect === 'v3' ? { inputs: described('Ignored: inputs are found by themselves.', true) } : {}),
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:gump:workflow:${dialect}`,
    title: dialect === 'v4' ? 'Gump workflow' : 'Gump workflow, earlier dialect',
    ...(object(properties, ['name', 'steps'], { patternProperties: { '^x-': true } }) as object),
    $defs: {
      ...valueDefinitions,
      session: sessions[dialect],
      gates: gateList(known),
      guards: guardMap(known),
      ...(dialect === 'v4' ? { retry: retryList } : { onFailure }),
      step: stepSchema(dialect),
      steps: { type: 'array', minItems: 1, items: ref('step') },
    },
  }
}

/** The schema of the current dialect with the built-in gates and guards. */
export const workflowSchemaV4: JsonSchema = workflowSchema('v4')

/** The schema of the earlier dialect with the built-in gates and guards. */
export const workflowSchemaV3: JsonSchema = workflowSchema('v3')
