import type { Preset } from './preset.js'

/** Droid of Factory: exec mode, with the prompt in a file. */
export const droid: Preset = {
  name: 'droid',
  displayName: 'Droid',
  runs: 'command',
  command: 'droid exec --auto high --model {model} --file {prompt_file}',
  model: '--model MODEL',
  verified: ['0.215.x'],
  install: 'npm install -g droid',
  login: 'run droid and /login, or set FACTORY_API_KEY',
  keys: ['FACTORY_API_KEY'],
  folders: ['.factory'],
  known: [
    'Models of your own in its settings need no account: `droid-custom:ID`.',
    'Of a refused request it says no more than that it failed.',
  ],
  source: 'https://docs.factory.ai/cli/droid-exec/overview',
}
