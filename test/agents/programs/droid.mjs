/** @type {import('./program.mjs').Program} */
export const droid = {
  name: 'droid',
  package: 'droid',
  version: '0.215.0',
  command: 'droid',
  native: { package: '@factory/cli-{platform}', file: 'bin/droid' },
  agent: 'droid-custom:fake-1',
  preset: true,
  setUp: ({ url }) => ({
    env: {},
    files: {
      '.factory/settings.json': JSON.stringify({
        customModels: [
          {
            id: 'custom:fake-1',
            model: 'fake-1',
            displayName: 'Fake 1',
            provider: 'generic-chat-completion-api',
            baseUrl: `${url}/v1`,
            apiKey: 'sk-none',
            maxOutputTokens: 8000,
          },
        ],
      }),
    },
  }),
}
