import type { Preset } from './preset.js'

/** Cline: one prompt as an argument, every tool approved. */
export const cline: Preset = {
  name: 'cline',
  displayName: 'Cline',
  runs: 'command',
  command: 'cline --auto-approve true --model {model} {prompt}',
  env: { CLINE_NO_AUTO_UPDATE: '1' },
  model: '--model MODEL, of the provider that is signed in to',
  verified: ['3.0.x'],
  install: 'npm install -g cline',
  login: 'run cline auth, or set CLINE_API_KEY',
  keys: ['CLINE_API_KEY'],
  folders: ['.cline'],
  known: [
    'Through `acp:cline --acp` sessions can be continued, but only with an account of Cline or ChatGPT: it takes no key of another provider there.',
  ],
  source: 'https://docs.cline.bot/usage/cli-overview',
}
