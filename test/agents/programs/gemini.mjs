/** @type {import('./program.mjs').Program} */
export const gemini = {
  name: 'gemini',
  package: '@google/gemini-cli',
  version: '0.61.0',
  command: 'gemini',
  agent: 'gemini-flash',
  acp: 'gemini --acp',
  exhausted: (seconds) => ({
    kind: 'http',
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: {
      error: {
        code: 429,
        message: `You exceeded your current quota. Please retry in ${seconds}s.`,
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` }],
      },
    },
  }),
  setUp: ({ url }) => ({
    env: { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'sk-none' },
    files: {
      '.gemini/settings.json': JSON.stringify({
        security: { auth: { selectedType: 'gemini-api-key' } },
        // Ten silent attempts, its default, take about four minutes.
        general: { disableAutoUpdate: true, enableAutoUpdate: false, maxAttempts: 1 },
        privacy: { usageStatisticsEnabled: false },
        telemetry: { enabled: false },
      }),
    },
  }),
}
