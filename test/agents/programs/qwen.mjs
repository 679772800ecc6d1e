/** @type {import('./program.mjs').Program} */
export const qwen = {
  name: 'qwen',
  package: '@qwen-code/qwen-code',
  version: '0.24.4',
  command: 'qwen',
  agent: 'qwen-fake-1',
  setUp: ({ url }) => ({
    env: { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: 'sk-none', OPENAI_MODEL: 'fake-1' },
    files: {},
  }),
}
