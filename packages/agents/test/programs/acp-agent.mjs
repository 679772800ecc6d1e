// An agent that speaks the Agent Client Protocol: the words of the prompt tell what it does.
import { Readable, Writable } from 'node:stream'
import { agent, methods, ndJsonStream, RequestError } from '@agentclientprotocol/sdk'

const known = 'session-known'
const app = agent({ name: 'test-agent' })
  .onRequest(methods.agent.initialize, () => ({
    protocolVersion: process.argv.includes('--version-2') ? 2 : 1,
    agentCapabilities: { loadSession: !process.argv.includes('--no-load') },
  }))
  .onRequest(methods.agent.session.new, () => {
    if (process.argv.includes('--auth')) throw new RequestError(-32000, 'Authentication required')
    const configOptions = [
      {
        type: 'select',
        id: 'the-model',
        name: 'Model',
        category: 'model',
        currentValue: 'small',
        options: [{ value: 'small', name: 'Small' }],
      },
    ]
    return { sessionId: known, ...(process.argv.includes('--models') ? { configOptions } : {}) }
  })
  .onRequest(methods.agent.session.load, async ({ params, client }) => {
    if (process.argv.includes('--limited')) throw new RequestError(-32603, 'Usage limit reached')
    if (params.sessionId !== known) throw new RequestError(-32602, 'Session not found')
    const content = { type: 'text', text: 'something said long ago' }
    await client.notify(methods.client.session.update, {
      sessionId: known,
      update: { sessionUpdate: 'agent_message_chunk', content },
    })
    return {}
  })
  .onRequest(methods.agent.session.setConfigOption, ({ params }) => {
    if (params.value !== 'large') throw new RequestError(-32602, 'no such model')
    return { configOptions: [] }
  })
  .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
    const { sessionId } = params
    const update = (update) => client.notify(methods.client.session.update, { sessionId, update })
    const say = (text) => update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } })
    const words = params.prompt[0].text
    if (words === 'die') process.exit(9)
    if (words === 'quota')
      throw new RequestError(-32603, 'Internal error', { details: 'status: 429 slow down' })
    if (words === 'refuse') return { stopReason: 'refusal' }
    await update({ sessionUpdate: 'agent_thought_chunk', content: { type: 'text', text: 'hm' } })
    await say('I ')
    await say('write.')
    await update({
      sessionUpdate: 'tool_call',
      toolCallId: 'c1',
      title: 'Writing',
      kind: 'edit',
      status: 'pending',
    })
    const options = [
      { optionId: 'no', name: 'No', kind: 'reject_once' },
      { optionId: 'yes', name: 'Yes', kind: 'allow_once' },
    ]
    const toolCall = { toolCallId: 'c1' }
    const { outcome } = await client.request(methods.client.session.requestPermission, {
      sessionId,
      toolCall,
      options,
    })
    const locations = [{ path: '/ws/hello.txt' }]
    const status = outcome.outcome === 'selected' && outcome.optionId === 'yes' ? 'completed' : 'failed'
    await update({ sessionUpdate: 'tool_call_update', toolCallId: 'c1', status: 'in_progress', locations })
    await update({ sessionUpdate: 'tool_call_update', toolCallId: 'c1', status })
    await update({
      sessionUpdate: 'tool_call',
      toolCallId: 'c2',
      title: 'npm test',
      kind: 'execute',
      status: 'failed',
    })
    await update({
      sessionUpdate: 'usage_update',
      used: 1234,
      size: 200000,
      cost: { amount: 0.25, currency: 'USD' },
    })
    await update({ sessionUpdate: 'a_thing_of_the_future', x: 1 })
    await say('Done.')
    return { stopReason: 'end_turn' }
  })

app.connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)))
