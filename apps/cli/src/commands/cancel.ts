import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Cancel extends BaseCommand {
  static override summary = 'Stop a run from another terminal; it can be resumed.'
  static override examples = ['<%= config.bin %> cancel', '<%= config.bin %> cancel run_2026_03_23_1842']
  static override args = {
    run: Args.string({ description: 'Id, alias, prefix or latest.', default: 'latest' }),
  }
  static override flags = { json: Flags.boolean({ summary: 'Print JSON.' }) }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Cancel)
    const { cancel } = await import('../actions/cancel.js')
    await this.act((context) => cancel(context, args.run, { json: flags.json }))
  }
}
