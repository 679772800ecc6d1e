import { ledgerSchema } from '@gump/ledger'
import { workflowSchemaV3, workflowSchemaV4 } from '@gump/schema'

import { configJsonSchema } from '../config/schema.js'
import type { CliContext } from '../context.js'
import { rawJson } from '../display/json.js'
import { exitCodes } from '../exit-codes.js'

/** Prints one of the JSON Schemas. */
export async function schema(context: CliContext, name: string): Promise<number> {
  context.stdout.write(rawJson(choose(name)))
  return exitCodes.passed
}

function choose(name: string): unknown {
  switch (name) {
    case 'ledger':
      return ledgerSchema
    case 'config':
      return configJsonSchema()
    default:
      return name === 'workflow-v3' ? workflowSchemaV3 : workflowSchemaV4
  }
}
