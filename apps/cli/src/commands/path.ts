import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Path extends BaseCommand {
  static override summary = 'Print where the worktree of a run is.'
  static override description =
    'Worktrees are outside the checkout, so that your test runners and linters do not find them. With --json, it also prints those of steps that are working or waiting.'
  static override examples = [
    '<%= config.bin %> path',
    { description: 'Look at what a run has changed:', command: 'git -C "$(<%= config.bin %> path)" status' },
  ]
  static override args = {
    run: Args.string({ description: 'Id, alias, prefix or latest.', default: 'latest' }),
  }
  static override flags = {
    json: Flags.boolean({ summary: 'Print JSON.' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Path)
    const { path } = await import('../actions/path.js')
    await this.act((context) => path(context, { run: args.run, json: flags.json }))
  }
}
