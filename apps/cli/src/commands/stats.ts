import { Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Stats extends BaseCommand {
  static override summary =
    'Show what finished runs say together: which agent passes after which failures, and which ladder of agents to use.'
  static override description =
    'Tries count by what had failed before them in their step. What a ladder is worth to you depends on two values of your own configuration: advice.value_usd, for a passed task, and advice.hour_usd, for an hour of waiting. docs/advice.md says how the figures are made, and what they cannot know.'
  static override examples = [
    '<%= config.bin %> stats',
    {
      description: 'One workflow, the last month:',
      command: '<%= config.bin %> stats --workflow tdd --since 30d',
    },
    {
      description: 'Say what a passed task is worth to you, and ask again:',
      command: '<%= config.bin %> config set --user advice.value_usd 5',
    },
  ]
  static override flags = {
    workflow: Flags.string({ char: 'w', summary: 'Only runs of this workflow.', helpValue: 'WORKFLOW' }),
    since: Flags.string({
      summary: 'Only runs that started since then, such as 12h or 30d.',
      helpValue: 'AGE',
    }),
    runs: Flags.boolean({ summary: 'Name the runs behind every figure.' }),
    calibration: Flags.boolean({
      summary: 'Show how well forecasts from earlier runs would have fitted later ones.',
      exclusive: ['runs'],
    }),
    json: Flags.boolean({ summary: 'Print JSON.' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Stats)
    const { showStats } = await import('../actions/stats.js')
    await this.act((context) =>
      showStats(context, {
        workflow: flags.workflow,
        since: flags.since,
        runs: flags.runs,
        calibration: flags.calibration,
        json: flags.json,
      }),
    )
  }
}
