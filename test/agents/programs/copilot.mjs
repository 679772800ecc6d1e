/** @type {import('./program.mjs').Program} */
export const copilot = {
  name: 'copilot',
  package: '@github/copilot',
  version: '1.0.102',
  command: 'copilot',
  agent: 'copilot-fake-1',
  acp: 'copilot --acp',
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
    env: {
      COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
      COPILOT_PROVIDER_API_KEY: 'sk-none',
      COPILOT_MODEL: 'fake-1',
      COPILOT_OFFLINE: 'true',
    },
    files: {},
  }),
}
