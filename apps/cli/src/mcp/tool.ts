import type { Engine } from '@gump/engine'

/** What a client sends; checked by the schema's own words in each tool. */
export type ToolArguments = Readonly<Record<string, unknown>>

/** One tool of the server. */
export interface Tool {
  readonly name: string
  readonly description: string
  readonly inputSchema: {
    readonly type: 'object'
    readonly properties: Readonly<Record<string, object>>
    readonly required?: readonly string[]
  }
  /** Returns text for the model that asked. Throws GumpErrors. */
  call(engine: Engine, given: ToolArguments): Promise<string>
}

export const runProperty = {
  type: 'string',
  description: 'Id, alias, prefix or latest (the default).',
} as const

export function textOf(given: ToolArguments, name: string): string | undefined {
  const value = given[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
