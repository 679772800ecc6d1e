import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Apply extends BaseCommand {
  static override summary = 'Merge the result of a run into the current branch.'
  static override description = `By default, this makes one merge commit that names the run. Nothing is left half done: conflicts are listed and your branch stays as it was, unless --keep-conflicts is given.`
  static override examples = [
    '<%= config.bin %> apply',
    { description: 'One commit without history:', command: '<%= config.bin %> apply --squash' },
    {
      description: 'Leave a branch for a pull request:',
      command: '<%= config.bin %> apply --branch feature/login',
    },
    {
      description: 'Take the steps that passed in a run that failed:',
      command: '<%= config.bin %> apply --partial',
    },
  ]
  static override args = {
    run: Args.string({ description: 'Id, alias, prefix or latest.', default: 'latest' }),
  }
  static override flags = {
    squash: Flags.boolean({ summary: 'Make one ordinary commit.', exclusive: ['ff', 'branch'] }),
    ff: Flags.boolean({ summary: 'Only move the branch forward.', exclusive: ['squash', 'branch'] }),
    branch: Flags.string({
      summary: 'Leave this branch instead of merging.',
      helpValue: 'BRANCH',
      exclusive: ['squash', 'ff'],
    }),
    partial: Flags.boolean({ summary: 'Take the passed steps of a run that did not pass.' }),
    'keep-conflicts': Flags.boolean({ summary: 'Leave conflicts in the working tree to resolve them here.' }),
    json: Flags.boolean({ summary: 'Print JSON.' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Apply)
    const { apply } = await import('../actions/apply.js')
    await this.act((context) =>
      apply(context, {
        run: args.run,
        squash: flags.squash,
        ff: flags.ff,
        branch: flags.branch,
        partial: flags.partial,
        keepConflicts: flags['keep-conflicts'],
        json: flags.json,
      }),
    )
  }
}
