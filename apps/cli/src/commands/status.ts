import { Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Status extends BaseCommand {
  static override summary = 'Show the runs in progress, or the last one.'
  static override examples = ['<%= config.bin %> status', '<%= config.bin %> status --json']
  static override flags = { json: Flags.boolean({ summary: 'Print JSON.' }) }

  async run(): Promise<void> {
    const { flags } = await this.parse(Status)
    const { status } = await import('../actions/status.js')
    await this.act((context) => status(context, flags))
  }
}
