import { Flags } from '@oclif/core'

import { BaseCommand } from '../../base-command.js'

export class PlaybookList extends BaseCommand {
  static override summary =
    'List the workflows that can be run here: where they come from, their limits, agents and inputs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = { json: Flags.boolean({ summary: 'Print JSON.' }) }

  async run(): Promise<void> {
    const { flags } = await this.parse(PlaybookList)
    const { listPlaybook } = await import('../../actions/playbook.js')
    await this.act((context) => listPlaybook(context, flags))
  }
}
