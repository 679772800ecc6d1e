import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../../base-command.js'

export class ConfigSet extends BaseCommand {
  static override summary = 'Set one value in gump.toml, or in your own configuration.'
  static override description =
    'Comments and everything else in the file stay as they are. Lists are written as comma separated items.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> default_agent codex',
    '<%= config.bin %> <%= command.id %> --user sandbox.hide "~/.ssh, ~/.aws"',
  ]
  static override args = {
    key: Args.string({ required: true, description: 'Path of the key, such as budget.max_budget.' }),
    value: Args.string({ required: true, description: 'The new value.' }),
  }
  static override flags = {
    user: Flags.boolean({ summary: 'Write to ~/.gump/config.toml instead of gump.toml.' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigSet)
    const { setConfig } = await import('../../actions/config.js')
    await this.act((context) => setConfig(context, { ...args, ...flags }))
  }
}
