import { Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Runs extends BaseCommand {
  static override summary = 'List the runs of this repository, newest first.'
  static override examples = ['<%= config.bin %> runs', '<%= config.bin %> runs --last 5 --json']
  static override flags = {
    last: Flags.integer({ summary: 'Only the last N.', helpValue: 'N', min: 1 }),
    json: Flags.boolean({ summary: 'Print JSON.' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Runs)
    const { runs } = await import('../actions/runs.js')
    await this.act((context) => runs(context, { last: flags.last, json: flags.json }))
  }
}
