import type { Preset } from './preset.js'

/** Google's Antigravity: print mode, with the prompt as an argument. */
export const antigravity: Preset = {
  name: 'antigravity',
  displayName: 'Antigravity',
  runs: 'command',
  command: 'agy --dangerously-skip-permissions --model {model} --print {prompt}',
  model: '--model MODEL',
  verified: [],
  install: 'curl -fsSL https://antigravity.google/cli/install.sh | bash',
  login: 'run agy and sign in with Google',
  keys: [],
  folders: ['.gemini', '.antigravity'],
  known: [
    'It signs in with a browser only.',
    'Versions before 1.1 print nothing where there is no terminal, which counts as a failure.',
  ],
  source: 'https://antigravity.google/docs',
}
