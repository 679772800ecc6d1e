import { Args } from '@oclif/core'

import { BaseCommand } from '../../base-command.js'

export class PlaybookMigrate extends BaseCommand {
  static override summary = 'Print a workflow of the earlier language in the current one.'
  static override description =
    'The file itself is not changed. What has no form in the current language is listed with its place, and nothing is printed.'
  static override examples = ['<%= config.bin %> <%= command.id %> old.yaml > .gump/workflows/new.yaml']
  static override args = { workflow: Args.string({ required: true, description: 'Name or path.' }) }

  async run(): Promise<void> {
    const { args } = await this.parse(PlaybookMigrate)
    const { migrate } = await import('../../actions/playbook.js')
    await this.act((context) => migrate(context, args.workflow))
  }
}
