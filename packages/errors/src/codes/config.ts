import type { CatalogueEntry } from '../catalogue.js'

export type ConfigCode = 'GUMP-C001' | 'GUMP-C002' | 'GUMP-C003'

/** Problems in `gump.toml`, the user configuration or the environment (exit 2). */
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
}
