import { Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Models extends BaseCommand {
  static override summary =
    'List agents and model names, with what is installed and what it was verified with.'
  static override examples = ['<%= config.bin %> models', '<%= config.bin %> models --json']
  static override flags = { json: Flags.boolean({ summary: 'Print JSON.' }) }

  async run(): Promise<void> {
    const { flags } = await this.parse(Models)
    const { models } = await import('../actions/models.js')
    await this.act((context) => models(context, flags))
  }
}
