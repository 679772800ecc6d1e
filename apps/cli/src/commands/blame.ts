import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Blame extends BaseCommand {
  static override summary =
    'Show which run, step, task, agent and attempt each line of a file came from, and what it cost.'
  static override description = 'Lines that no run wrote are attributed to their commit.'
  static override examples = ['<%= config.bin %> blame src/auth.ts', '<%= config.bin %> blame src/auth.ts:42']
  static override args = {
    file: Args.string({ required: true, description: 'A tracked file; with :LINE, only that line.' }),
  }
  static override flags = { json: Flags.boolean({ summary: 'Print JSON.' }) }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Blame)
    const { blame } = await import('../actions/blame.js')
    await this.act((context) => blame(context, { ...args, ...flags }))
  }
}
