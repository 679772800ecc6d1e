import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Logs extends BaseCommand {
  static override summary = 'Print what happened in a run, line by line; with -f, as it happens.'
  static override examples = [
    '<%= config.bin %> logs',
    '<%= config.bin %> logs -f',
    { description: 'One step of one run:', command: '<%= config.bin %> logs latest impl' },
  ]
  static override args = {
    run: Args.string({ description: 'Id, alias, prefix or latest.', default: 'latest' }),
    step: Args.string({ description: 'Only this step; the end of its path is enough.' }),
  }
  static override flags = {
    follow: Flags.boolean({ char: 'f', summary: 'Follow until the run stops.' }),
    json: Flags.boolean({ summary: 'Print the events as NDJSON.' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Logs)
    const { logs } = await import('../actions/logs.js')
    await this.act((context) => logs(context, { run: args.run, step: args.step, ...flags }))
  }
}
