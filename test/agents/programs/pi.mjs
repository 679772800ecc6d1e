/** @type {import('./program.mjs').Program} */
export const pi = {
  name: 'pi',
  package: '@earendil-works/pi-coding-agent',
  version: '1.6.0',
  command: 'pi',
  agent: 'pi-fake/fake-1',
  nativeCost: true,
  delegates: false,
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
      '.pi/agent/models.json': JSON.stringify({
        providers: {
          fake: {
            baseUrl: `${url}/v1`,
            api: 'openai-completions',
            apiKey: 'sk-none',
            models: [
              {
                id: 'fake-1',
                name: 'Fake 1',
                reasoning: false,
                input: ['text'],
                contextWindow: 128_000,
                maxTokens: 8000,
                cost: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 0 },
              },
            ],
          },
        },
      }),
    },
  }),
}
