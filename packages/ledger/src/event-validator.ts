import type { ErrorObject } from 'ajv'
import { ledgerSchema } from './schema/ledger-schema.js'

/** Says what is wrong with a ledger line; empty: nothing. */
export type EventValidator = (line: unknown) => string[]

/**
 * Compiles the ledger schema; ajv is loaded only now. For tests and tools: appending does not validate, because the types
 * already do.
 */
export async function createEventValidator(): Promise<EventValidator> {
  // By way of the default: of a CommonJS module, a bundle exports nothing else.
  const { Ajv2020 } = (await import('ajv/dist/2020.js')).default
  const ajv = new Ajv2020({ strict: true, allErrors: true })
  ajv.addSchema(ledgerSchema)
  return (line) => {
    const type = typeof line === 'object' && line !== null && 'type' in line ? line.type : undefined
    // The schema of the type alone gives readable messages; the whole would list all types it is not.
    const ofType =
      typeof type === 'string' ? ajv.getSchema(`urn:gump:ledger-event:1#/$defs/${type}`) : undefined
    if (ofType !== undefined && ofType(line) !== true) return messages(ofType.errors)
    const whole = ajv.getSchema('urn:gump:ledger-event:1')
    return whole === undefined || whole(line) === true ? [] : messages(whole.errors)
  }
}

function messages(errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? error.keyword}`)
}
