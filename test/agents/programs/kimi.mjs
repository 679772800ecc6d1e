/** @type {import('./program.mjs').Program} */
export const kimi = {
  name: 'kimi',
  package: '@moonshot-ai/kimi-code',
  version: '2.1.0',
  command: 'kimi',
  agent: 'kimi',
  acp: 'kimi acp',
  exhausted: (seconds) => ({
    kind: 'http',
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: {
      error: {
        message: `Rate limit reached for requests. Please try again in ${seconds}s.`,
        type: 'rate_limit_reached_error',
      },
    },
  }),
  setUp: ({ url }) => ({
    env: {
      KIMI_MODEL_NAME: 'fake-1',
      KIMI_MODEL_API_KEY: 'sk-none',
      KIMI_MODEL_PROVIDER_TYPE: 'openai',
      KIMI_MODEL_BASE_URL: `${url}/v1`,
    },
    files: { '.kimi-code/config.toml': '[loop_control]\nmax_attempts_per_step = 2\n' },
  }),
}
