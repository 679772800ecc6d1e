import { Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Stats extends BaseCommand {
  static override summary =
    'What all runs say together: pass rates, cost and time per step, agent and attempt; where escalation pays.'
  static override examples = [
    '<%= config.bin %> stats',
    {
      description: 'One workflow, the last month:',
      command: '<%= config.bin %> stats --workflow tdd --since 30d',
    },
  ]
  static override flags = {
    workflow: Flags.string({ char: 'w', summary: 'Only runs of this workflow.', helpValue: 'NAME' }),
    since: Flags.string({
      summary: 'Only runs that started since then, such as 12h or 30d.',
      helpValue: 'AGE',
    }),
    json: Flags.boolean({ summary: 'Print JSON.' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Stats)
    const { showStats } = await import('../actions/stats.js')
    await this.act((context) =>
      showStats(context, { workflow: flags.workflow, since: flags.since, json: flags.json }),
    )
  }
}
