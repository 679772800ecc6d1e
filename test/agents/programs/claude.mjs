/** @type {import('./program.mjs').Program} */
export const claude = {
  name: 'claude',
  package: '@anthropic-ai/claude-code',
  version: '2.1.332',
  command: 'claude',
  // What its install script would put in the place of the command.
  native: { package: '@anthropic-ai/claude-code-{platform}', file: 'claude' },
  agent: 'claude-sonnet',
  nativeCost: true,
  // Ten attempts, its default, take about four minutes.
  fewRetries: { CLAUDE_CODE_MAX_RETRIES: '1' },
  // As the provider says it; without this header a refused key is tried for three minutes.
  refusal: { 'x-should-retry': 'false' },
  exhausted: (seconds) => ({
    kind: 'http',
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: {
      type: 'error',
      error: {
        type: 'rate_limit_error',
        message: `This request would exceed the limit. Try again in ${seconds}s.`,
      },
    },
  }),
  ownTurnLimit: true,
  setUp: ({ url }) => ({
    env: { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'sk-none' },
    // As after the first start: what is not there when a strict sandbox is built cannot be written to in it.
    files: { '.claude/settings.json': '{}' },
  }),
}
