import type { CatalogueEntry } from '../catalogue-entry.js'

export type ConfigCode =
  | 'GUMP-C001'
  | 'GUMP-C002'
  | 'GUMP-C003'
  | 'GUMP-C004'
  | 'GUMP-C005'
  | 'GUMP-C006'
  | 'GUMP-C007'
  | 'GUMP-C008'
  | 'GUMP-C009'
  | 'GUMP-C010'

/** Problems in `gump.toml`, the user configuration, the environment or the command line (exit 2). */
export const configCodes: Readonly<Record<ConfigCode, CatalogueEntry>> = {
  'GUMP-C001': { title: 'The configuration file is not TOML', remedy: 'Correct the syntax at the caret.' },
  'GUMP-C002': {
    title: 'Unknown configuration key',
    remedy: 'Correct or remove the key; gump config list shows all of them.',
  },
  'GUMP-C003': {
    title: 'Illegal configuration value',
    remedy: 'Give a value of the kind that the message names.',
  },
  'GUMP-C004': {
    title: 'A repository may not set this key',
    remedy:
      'Move it to ~/.gump/config.toml: it decides which programs run as you, or how well you are protected.',
  },
  'GUMP-C005': {
    title: 'The command line is not valid',
    remedy: 'Add --help to the command to see its arguments, flags and examples.',
  },
  'GUMP-C006': {
    title: 'The configuration file cannot be changed automatically',
    remedy: 'Edit the file by hand; the message says what to write.',
  },
  'GUMP-C007': {
    title: 'A plugin cannot be loaded',
    remedy: 'Install the package where the repository can find it, or remove it from [plugins].',
  },
  'GUMP-C008': {
    title: 'A file cannot be written',
    remedy: 'Free space, or give yourself access to it; then try again.',
  },
  'GUMP-C009': {
    title: 'Configuration key that no longer has an effect',
    remedy: 'Remove the key; nothing depends on it.',
  },
  'GUMP-C010': {
    title: 'A plugin waits for consent',
    remedy: 'Look at it and decide, on a terminal: gump trust PLUGIN.',
  },
}
