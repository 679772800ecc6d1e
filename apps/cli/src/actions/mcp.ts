import type { Run } from '@gump/engine'
import { formatError, toGumpError } from '@gump/errors'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'

import { composeEngine } from '../compose/engine.js'
import { configured } from '../configured.js'
import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'
import { lookTools } from '../mcp/look-tools.js'
import { createRunTool } from '../mcp/run-tool.js'
import { requireRepository } from '../repository.js'

/** Serves until the client closes the connection, then stops the runs it asked for. stdout belongs to the protocol. */
export async function mcp(context: CliContext): Promise<number> {
  const root = requireRepository(context.cwd)
  const config = await configured(context)
  const engine = await composeEngine(context, config, {
    root,
    agents: [],
    plugins: { announce: (name) => context.stderr.write(`plugin ${name}\n`) },
    human: null,
  })
  const going = new Set<Run>()
  const tools = [createRunTool(going), ...lookTools]
  const server = new Server({ name: 'gump', version: context.version }, { capabilities: { tools: {} } })
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      inputSchema: copy(inputSchema),
    })),
  }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const tool = tools.find(({ name }) => name === params.name)
    if (tool === undefined) return answer(`there is no tool ${params.name}`, true)
    try {
      return answer(await tool.call(engine, params.arguments ?? {}), false)
    } catch (error) {
      return answer(formatError(toGumpError(error)), true)
    }
  })
  try {
    await server.connect(new StdioServerTransport())
    await disconnected(context)
    return exitCodes.passed
  } finally {
    await Promise.all([...going].map((run) => run.cancel('the connection ended')))
    await engine.close()
  }
}

function answer(
  text: string,
  isError: boolean,
): { content: { type: 'text'; text: string }[]; isError: boolean } {
  return { content: [{ type: 'text', text }], isError }
}

/** The protocol's types want mutable schemas. */
function copy<T>(schema: T): { type: 'object'; [key: string]: unknown } {
  return { ...structuredClone(schema), type: 'object' }
}

/** The transport does not notice the end of its input. */
function disconnected(context: CliContext): Promise<void> {
  return new Promise((resolve) => {
    const end = () => resolve()
    context.stdin.once('end', end)
    context.stdin.once('close', end)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end)
  })
}
