/** @type {import('./program.mjs').Program} */
export const claude = {
  name: 'claude',
  package: '@anthropic-ai/claude-code',
  version: '2.1.329',
  command: 'claude',
  // What its install script would put in the place of the command.
  native: { package: '@anthropic-ai/claude-code-{platform}', file: 'claude' },
  agent: 'claude-sonnet',
  nativeCost: true,
  setUp: ({ url }) => ({
    env: { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'sk-none' },
    files: {},
  }),
}
