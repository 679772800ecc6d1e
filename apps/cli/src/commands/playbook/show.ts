import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../../base-command.js'

export class PlaybookShow extends BaseCommand {
  static override summary = 'Print a workflow as it is written.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> tdd',
    {
      description: 'Start a workflow of your own from a built-in one:',
      command: '<%= config.bin %> <%= command.id %> tdd > .gump/workflows/mine.yaml',
    },
  ]
  static override args = { workflow: Args.string({ required: true, description: 'Name or path.' }) }
  static override flags = {
    json: Flags.boolean({ summary: 'Print JSON: where it comes from, and its text.' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PlaybookShow)
    const { showWorkflow } = await import('../../actions/playbook.js')
    await this.act((context) => showWorkflow(context, { ...args, ...flags }))
  }
}
