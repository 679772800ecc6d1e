/** @type {import('./program.mjs').Program} */
export const cline = {
  name: 'cline',
  package: 'cline',
  version: '3.0.65',
  command: 'cline',
  native: { package: '@cline/cli-{platform}', file: 'bin/cline' },
  agent: 'cline-fake-1',
  preset: true,
  setUp: ({ url }) => ({
    env: {},
    files: {
      // As `cline auth` leaves it.
      '.cline/data/settings/providers.json': JSON.stringify({
        version: 1,
        lastUsedProvider: 'openai-compatible',
        modes: {},
        providers: {
          'openai-compatible': {
            settings: {
              provider: 'openai-compatible',
              apiKey: 'sk-none',
              model: 'fake-1',
              baseUrl: `${url}/v1`,
            },
            updatedAt: '2026-12-01T00:00:00.000Z',
            tokenSource: 'manual',
          },
        },
      }),
    },
  }),
}
