import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Report extends BaseCommand {
  static override summary = 'Show what a run did, how long it took and what it cost.'
  static override usage = [
    'report [RUN] [--detail STEP] [--json]',
    'report [RUN] --html FILE',
    'report --last N [--json]',
  ]
  static override examples = [
    '<%= config.bin %> report',
    {
      description: 'Everything about one step; the end of its path is enough:',
      command: '<%= config.bin %> report --detail red',
    },
    { description: 'The last ten runs together:', command: '<%= config.bin %> report --last 10' },
    {
      description: 'One file to open in a browser or to send:',
      command: '<%= config.bin %> report --html report.html',
    },
  ]
  static override args = {
    run: Args.string({ description: 'Id, alias, prefix or latest.', default: 'latest' }),
  }
  static override flags = {
    detail: Flags.string({
      summary: 'Every attempt of this step.',
      helpValue: 'STEP',
      exclusive: ['last', 'html'],
    }),
    last: Flags.integer({
      summary: 'The last N runs together.',
      helpValue: 'N',
      min: 1,
      exclusive: ['detail', 'html'],
    }),
    html: Flags.string({ summary: 'Write one self-contained page.', helpValue: 'FILE' }),
    json: Flags.boolean({ summary: 'Print JSON.', exclusive: ['html'] }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Report)
    const { report } = await import('../actions/report.js')
    await this.act((context) =>
      report(context, {
        run: args.run,
        detail: flags.detail,
        last: flags.last,
        html: flags.html,
        json: flags.json,
      }),
    )
  }
}
