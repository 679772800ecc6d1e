import type { Engine, Run } from '@gump/engine'
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
import { exportRun, traceEndpoint } from '../otel/export-run.js'
import { requireRepository } from '../repository.js'
import { worthOf } from '../run/worth.js'

/** Serves until the client closes the connection, then stops the runs it asked for. stdout belongs to the protocol. */
export async function mcp(context: CliContext): Promise<number> {
  const root = requireRepository(context.cwd)
  const config = await configured(context)
  const looking = await composeEngine(context, config, { root, agents: [], plugins: null, human: null })
  // Plugins are for runs only, and a client that asks for none has none loaded.
  const running = once(() =>
    composeEngine(context, config, {
      root,
      agents: [],
      plugins: {
        announce: (name) => context.stderr.write(`plugin ${name}\n`),
        onlyPlans: false,
        pass: () => {},
      },
      human: null,
    }),
  )
  const going = new Map<Run, Promise<void>>()
  const endpoint = traceEndpoint(context, config)
  const say = (text: string): void => void context.stderr.write(`${text}\n`)
  const runTool = createRunTool(going, running.get, {
    ended: async (run) => {
      if (endpoint === null) return
      const engine = await running.get()
      await exportRun(context, endpoint, await engine.events(run.id), say)
    },
  })
  const tools = [runTool, ...lookTools(worthOf(config), context.version)]
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
      return answer(await tool.call(looking, params.arguments ?? {}), false)
    } catch (error) {
      return answer(formatError(toGumpError(error)), true)
    }
  })
  try {
    await server.connect(new StdioServerTransport())
    await disconnected(context)
    return exitCodes.passed
  } finally {
    const ends = [...going]
    await Promise.all(ends.map(([run]) => run.cancel('the connection ended')))
    await Promise.all(ends.map(([, over]) => over))
    await Promise.all([looking.close(), running.close()])
  }
}

/** An engine that is made when it is first asked for; made again when that failed. */
function once(make: () => Promise<Engine>): { get(): Promise<Engine>; close(): Promise<void> } {
  let made: Promise<Engine> | null = null
  return {
    get() {
      made ??= make().catch((error: unknown) => {
        made = null
        throw error
      })
      return made
    },
    async close() {
      await (await made?.catch(() => null))?.close()
    },
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
