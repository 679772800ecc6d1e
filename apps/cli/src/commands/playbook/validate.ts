import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../../base-command.js'

export class PlaybookValidate extends BaseCommand {
  static override summary =
    'Check workflows and everything they call; all problems at once, each at its place.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> .gump/workflows/mine.yaml',
    { description: 'Check every workflow there is:', command: '<%= config.bin %> <%= command.id %>' },
  ]
  static override args = { workflow: Args.string({ description: 'Name or path; without it, all.' }) }
  static override flags = { json: Flags.boolean({ summary: 'Print the problems as JSON.' }) }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PlaybookValidate)
    const { validateWorkflows } = await import('../../actions/playbook.js')
    await this.act((context) => validateWorkflows(context, { workflow: args.workflow, json: flags.json }))
  }
}
