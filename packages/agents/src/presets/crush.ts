import type { Preset } from './preset.js'

/** Crush of Charm: one prompt on stdin. */
export const crush: Preset = {
  name: 'crush',
  displayName: 'Crush',
  runs: 'command',
  command: 'crush run --quiet --model {model}',
  model: '--model PROVIDER/MODEL',
  verified: [],
  install: 'npm install -g @charmland/crush',
  login: 'run crush and choose a provider, or set the API key of your provider',
  keys: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'],
  folders: ['.config/crush', '.local/share/crush', '.cache/crush'],
  known: ['It keeps its sessions in `.crush` of the worktree, which it excludes from git itself.'],
  source: 'https://github.com/charmbracelet/crush',
}
