import { Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Gc extends BaseCommand {
  static override summary = 'Remove what old runs left behind: worktrees, branches, refs, run folders.'
  static override description =
    'Live runs are never touched. A run whose work was not applied, whose ledger cannot be read, or of which only branches and refs are left is removed only after asking; where nobody can be asked it stays, unless --yes is given.'
  static override examples = [
    '<%= config.bin %> gc --dry-run',
    '<%= config.bin %> gc --keep-last 5',
    '<%= config.bin %> gc --older-than 30d --yes',
  ]
  static override flags = {
    'keep-last': Flags.integer({ summary: 'Keep the newest N runs.', helpValue: 'N', min: 0 }),
    'older-than': Flags.string({
      summary: 'Only runs that ended longer ago, such as 12h or 30d.',
      helpValue: 'AGE',
    }),
    'dry-run': Flags.boolean({ summary: 'Only say what would be removed.' }),
    yes: Flags.boolean({ summary: 'Answer yes to every question.' }),
    json: Flags.boolean({ summary: 'Print JSON.' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Gc)
    const { collectGarbage } = await import('../actions/gc.js')
    await this.act((context) =>
      collectGarbage(context, {
        keepLast: flags['keep-last'],
        olderThan: flags['older-than'],
        dryRun: flags['dry-run'],
        yes: flags.yes,
        json: flags.json,
      }),
    )
  }
}
