// `You've hit your Opus limit`, `… your daily quota on this model`, `Selected model is at capacity`, `usage limit for GPT-6`.
const OF_MODEL =
  /\b(?:on|for|of) (?:this|the selected) model\b|\bselected model\b|\b(?:opus|sonnet|haiku|fable)(?: \d[\d.]*)?(?: weekly| usage)? limit\b|\blimit for (?:gpt|o\d|gemini|claude|qwen)[\w.-]*|\b(?:available|reached) for (?:the )?model\b|\bfor model [\w.-]+/i

/** True when a message says that a limit is of one model, so that others of the provider can be used. */
export function isOfModel(message: string): boolean {
  return OF_MODEL.test(message.slice(0, 4000))
}
