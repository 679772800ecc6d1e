import { methods, type ClientContext } from '@agentclientprotocol/sdk'
import type { AgentEvent } from '../contract.js'
import { asArray, asObject, asText, type JsonObject } from '../streams/json-value.js'

/**
 * Asks the agent for a model: by the session option of category `model` where it has one, otherwise by the older
 * `session/set_model`. An agent that does neither continues with its own model, and a warning says so.
 *
 * @param answer the answer that opened the session
 */
export async function chooseModel(
  agent: ClientContext,
  sessionId: string,
  model: string | null,
  answer: JsonObject,
): Promise<readonly AgentEvent[]> {
  if (model === null) return []
  const options = asArray(answer['configOptions']).map((option) => asObject(option) ?? {})
  const configId = asText(options.find((option) => option['category'] === 'model')?.['id'])
  try {
    if (configId === null)
      await agent.request<unknown, unknown>('session/set_model', { sessionId, modelId: model })
    else await agent.request(methods.agent.session.setConfigOption, { sessionId, configId, value: model })
    return []
  } catch {
    return [{ type: 'warning', message: `the agent did not take the model ${model} and uses its own` }]
  }
}
