import type { Command } from '@oclif/core'

import { ConfigGet } from './commands/config/get.js'
import { ConfigList } from './commands/config/list.js'
import { ConfigSet } from './commands/config/set.js'

/** Every command by its id; what they do is loaded when they run. */
export const COMMANDS: Readonly<Record<string, Command.Class>> = {
  config: ConfigList,
  'config:get': ConfigGet,
  'config:list': ConfigList,
  'config:set': ConfigSet,
}
