/** @type {import('./program.mjs').Program} */
export const opencode = {
  name: 'opencode',
  package: 'opencode-ai',
  version: '1.18.33',
  command: 'opencode',
  native: { package: 'opencode-{platform}', file: 'bin/opencode' },
  agent: 'opencode-fake/fake-1',
  acp: 'opencode acp',
  nativeCost: true,
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
  setUp: ({ url }) => ({
    env: {},
    files: {
      '.config/opencode/opencode.json': JSON.stringify({
        autoupdate: false,
        share: 'disabled',
        provider: {
          fake: {
            npm: '@ai-sdk/openai-compatible',
            name: 'Fake',
            options: { baseURL: `${url}/v1`, apiKey: 'sk-none' },
            models: {
              'fake-1': {
                name: 'Fake 1',
                tool_call: true,
                limit: { context: 128_000, output: 8000 },
                cost: { input: 1, output: 5, cache_read: 0.1 },
              },
            },
          },
        },
        model: 'fake/fake-1',
        small_model: 'fake/fake-1',
      }),
    },
  }),
}
