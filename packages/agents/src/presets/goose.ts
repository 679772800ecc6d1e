import type { Preset } from './preset.js'

/** goose of Block, through the Agent Client Protocol. */
export const goose: Preset = {
  name: 'goose',
  displayName: 'goose',
  runs: 'acp',
  command: 'goose acp',
  env: { GOOSE_MODEL: '{model}' },
  model: 'GOOSE_MODEL, of the provider in GOOSE_PROVIDER or its configuration',
  verified: [],
  install: 'brew install block-goose-cli',
  login: 'run goose configure, or set GOOSE_PROVIDER and the API key of that provider',
  keys: ['GOOSE_PROVIDER', 'ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GOOGLE_API_KEY', 'OPENROUTER_API_KEY'],
  folders: ['.config/goose', '.local/share/goose', '.local/state/goose'],
  known: ['A tool for database migrations is called goose as well.'],
  source: 'https://block.github.io/goose/docs/guides/acp-clients',
}
