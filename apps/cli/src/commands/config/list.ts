import { Flags } from '@oclif/core'

import { BaseCommand } from '../../base-command.js'

export class ConfigList extends BaseCommand {
  static override summary = 'Show the whole configuration and where each value comes from.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = { json: Flags.boolean({ summary: 'Print JSON.' }) }

  async run(): Promise<void> {
    const { flags } = await this.parse(ConfigList)
    const { listConfig } = await import('../../actions/config.js')
    await this.act((context) => listConfig(context, flags))
  }
}
