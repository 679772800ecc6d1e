import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../../base-command.js'

export class PlaybookValidate extends BaseCommand {
  static override summary =
    'Check workflows and everything they call; all problems at once, each at its place.'
  static override description =
    'Structure, variables, agents and called workflows are checked as a run would check them. Plugins are not loaded: a gate, guard or agent that only a plugin can bring is a warning, and gump run --dry-run settles it.'
  static override strict = false
  static override examples = [
    '<%= config.bin %> <%= command.id %> .gump/workflows/mine.yaml',
    '<%= config.bin %> <%= command.id %> .gump/workflows/*.yaml',
    { description: 'Check every workflow there is:', command: '<%= config.bin %> <%= command.id %>' },
  ]
  static override args = {
    workflow: Args.string({ description: 'Names or paths, any number; without them, all.' }),
  }
  static override flags = { json: Flags.boolean({ summary: 'Print the problems as JSON.' }) }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(PlaybookValidate)
    const { validateWorkflows } = await import('../../actions/playbook.js')
    await this.act((context) => validateWorkflows(context, { workflows: argv.map(String), json: flags.json }))
  }
}
