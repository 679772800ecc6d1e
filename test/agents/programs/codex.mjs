/**
 * Epoch seconds. Codex tells the minute only, and the run waits for its end: a moment late in a minute becomes the next
 * one, so that there is time to look at a run that waits.
 */
function resetIn(seconds) {
  const at = Math.floor(Date.now() / 1000) + seconds
  return at % 60 <= 40 ? at : at - (at % 60) + 60
}

/** @type {import('./program.mjs').Program} */
export const codex = {
  name: 'codex',
  package: '@openai/codex',
  version: '0.171.0',
  command: 'codex',
  agent: 'codex-gpt-5.5',
  exhausted: (seconds) => ({
    kind: 'http',
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: {
      error: {
        type: 'usage_limit_reached',
        message: 'The usage limit has been reached',
        plan_type: 'plus',
        resets_at: resetIn(seconds),
        resets_in_seconds: seconds,
      },
    },
  }),
  setUp: ({ url }) => ({
    env: { FAKE_KEY: 'sk-none' },
    files: {
      '.codex/config.toml': `model_provider = "fake"

[model_providers.fake]
name = "Fake"
base_url = "${url}/v1"
wire_api = "responses"
env_key = "FAKE_KEY"

[features]
multi_agent_v2 = true
`,
    },
  }),
}
