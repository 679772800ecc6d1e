import type { Preset } from './preset.js'

/** Amp: execute mode with the prompt on stdin. It chooses models itself, by mode. */
export const amp: Preset = {
  name: 'amp',
  displayName: 'Amp',
  runs: 'command',
  command: 'amp --execute --dangerously-allow-all --mode {model}',
  model: '--mode MODE',
  verified: [],
  install: 'npm install -g @ampcode/cli',
  login: 'run amp login, or set AMP_API_KEY',
  keys: ['AMP_API_KEY'],
  folders: ['.amp', '.config/amp', '.cache/amp', '.local/share/amp'],
  known: [
    'It takes a mode, such as `amp-rush`, and no model.',
    'Its earlier package is `@sourcegraph/amp`.',
    "Amplitude's client is called amp as well.",
  ],
  source: 'https://ampcode.com/manual',
}
