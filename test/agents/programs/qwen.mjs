/** @type {import('./program.mjs').Program} */
export const qwen = {
  name: 'qwen',
  package: '@qwen-code/qwen-code',
  version: '0.24.4',
  command: 'qwen',
  agent: 'qwen-fake-1',
  acp: 'qwen --acp',
  exhausted: (seconds) => ({
    kind: 'http',
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: {
      error: {
        message: `Rate limit reached for requests. Please try again in ${seconds}s.`,
        type: 'requests',
        code: 'rate_limit_exceeded',
      },
    },
  }),
  ownTurnLimit: true,
  setUp: ({ url }) => ({
    env: { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: 'sk-none', OPENAI_MODEL: 'fake-1' },
    files: {
      // Ten attempts, its default, take forty minutes.
      '.qwen/settings.json': JSON.stringify({ model: { generationConfig: { maxRetries: 0 } } }),
    },
  }),
}
