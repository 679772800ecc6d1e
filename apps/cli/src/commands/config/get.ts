import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../../base-command.js'

export class ConfigGet extends BaseCommand {
  static override summary = 'Show one value of the configuration.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> default_agent',
    '<%= config.bin %> <%= command.id %> sandbox.mode --json',
  ]
  static override args = {
    key: Args.string({ required: true, description: 'Path of the key, such as budget.max_budget.' }),
  }
  static override flags = { json: Flags.boolean({ summary: 'Print JSON, with the source.' }) }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigGet)
    const { getConfig } = await import('../../actions/config.js')
    await this.act((context) => getConfig(context, { ...args, ...flags }))
  }
}
