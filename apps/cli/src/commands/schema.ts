import { Args } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Schema extends BaseCommand {
  static override summary = 'Print a JSON Schema, for editors and programs.'
  static override examples = [
    {
      description: 'Completion in editors for workflows:',
      command: '<%= config.bin %> schema workflow > .gump/workflow.schema.json',
    },
    '<%= config.bin %> schema config',
    '<%= config.bin %> schema ledger',
  ]
  static override args = {
    name: Args.string({
      description: 'Which one.',
      options: ['workflow', 'workflow-v3', 'ledger', 'config'],
      default: 'workflow',
    }),
  }

  async run(): Promise<void> {
    const { args } = await this.parse(Schema)
    const { schema } = await import('../actions/schema.js')
    await this.act((context) => schema(context, args.name))
  }
}
