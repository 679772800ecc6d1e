import type { Command } from '@oclif/core'

import { Completion } from './commands/completion.js'
import { ConfigGet } from './commands/config/get.js'
import { ConfigList } from './commands/config/list.js'
import { ConfigSet } from './commands/config/set.js'
import { PlaybookList } from './commands/playbook/list.js'
import { PlaybookShow } from './commands/playbook/show.js'
import { PlaybookValidate } from './commands/playbook/validate.js'
import { Schema } from './commands/schema.js'

/** Every command by its id; what they do is loaded when they run. */
export const COMMANDS: Readonly<Record<string, Command.Class>> = {
  completion: Completion,
  config: ConfigList,
  'config:get': ConfigGet,
  'config:list': ConfigList,
  'config:set': ConfigSet,
  playbook: PlaybookList,
  'playbook:list': PlaybookList,
  'playbook:show': PlaybookShow,
  'playbook:validate': PlaybookValidate,
  schema: Schema,
}
