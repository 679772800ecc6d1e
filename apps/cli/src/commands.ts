import type { Command } from '@oclif/core'

import { Apply } from './commands/apply.js'
import { Blame } from './commands/blame.js'
import { Cancel } from './commands/cancel.js'
import { Completion } from './commands/completion.js'
import { ConfigGet } from './commands/config/get.js'
import { ConfigList } from './commands/config/list.js'
import { ConfigSet } from './commands/config/set.js'
import { Doctor } from './commands/doctor.js'
import { Gc } from './commands/gc.js'
import { Init } from './commands/init.js'
import { Logs } from './commands/logs.js'
import { Mcp } from './commands/mcp.js'
import { Models } from './commands/models.js'
import { Path } from './commands/path.js'
import { PlaybookList } from './commands/playbook/list.js'
import { PlaybookMigrate } from './commands/playbook/migrate.js'
import { PlaybookShow } from './commands/playbook/show.js'
import { PlaybookValidate } from './commands/playbook/validate.js'
import { Report } from './commands/report.js'
import { Run } from './commands/run.js'
import { Runs } from './commands/runs.js'
import { Schema } from './commands/schema.js'
import { Stats } from './commands/stats.js'
import { Status } from './commands/status.js'
import { Trust } from './commands/trust.js'

/** Every command by its id; what they do is loaded when they run. */
export const COMMANDS: Readonly<Record<string, Command.Class>> = {
  apply: Apply,
  blame: Blame,
  cancel: Cancel,
  completion: Completion,
  config: ConfigList,
  'config:get': ConfigGet,
  'config:list': ConfigList,
  'config:set': ConfigSet,
  doctor: Doctor,
  gc: Gc,
  init: Init,
  logs: Logs,
  mcp: Mcp,
  models: Models,
  path: Path,
  playbook: PlaybookList,
  'playbook:list': PlaybookList,
  'playbook:migrate': PlaybookMigrate,
  'playbook:show': PlaybookShow,
  'playbook:validate': PlaybookValidate,
  report: Report,
  run: Run,
  runs: Runs,
  schema: Schema,
  stats: Stats,
  status: Status,
  trust: Trust,
}
