/** @type {import('./program.mjs').Program} */
export const codex = {
  name: 'codex',
  package: '@openai/codex',
  version: '0.169.0',
  command: 'codex',
  agent: 'codex-gpt-5.5',
  setUp: ({ url }) => ({
    env: { FAKE_KEY: 'sk-none' },
    files: {
      '.codex/config.toml': `model_provider = "fake"

[model_providers.fake]
name = "Fake"
base_url = "${url}/v1"
wire_api = "responses"
env_key = "FAKE_KEY"
`,
    },
  }),
}
