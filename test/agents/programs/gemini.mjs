/** @type {import('./program.mjs').Program} */
export const gemini = {
  name: 'gemini',
  package: '@google/gemini-cli',
  version: '0.61.0',
  command: 'gemini',
  agent: 'gemini-flash',
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
