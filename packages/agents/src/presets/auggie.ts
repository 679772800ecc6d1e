import type { Preset } from './preset.js'

/** Auggie of Augment Code, through the Agent Client Protocol. */
export const auggie: Preset = {
  name: 'auggie',
  displayName: 'Auggie',
  runs: 'acp',
  command: 'auggie --acp --model {model}',
  model: '--model MODEL',
  verified: [],
  install: 'npm install -g @augmentcode/auggie',
  login: 'run auggie login, or set AUGMENT_SESSION_AUTH',
  keys: ['AUGMENT_SESSION_AUTH'],
  folders: ['.augment'],
  known: [
    'Version 0.36.0 was started without an account: it answers by the protocol that nobody is signed in, and the run stops.',
    "It uploads an index of the worktree to its maker's service.",
  ],
  source: 'https://docs.augmentcode.com/cli/acp/agent',
}
