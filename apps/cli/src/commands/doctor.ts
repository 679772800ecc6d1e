import { Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Doctor extends BaseCommand {
  static override summary =
    'Check this machine and this repository, and say what to do about what is missing.'
  static override description =
    'Exit code 1 when something that is needed is broken. Gates are ticked only when --try has run them.'
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --json',
    '<%= config.bin %> doctor --try',
  ]
  static override flags = {
    json: Flags.boolean({ summary: 'Print JSON.' }),
    try: Flags.boolean({
      summary: 'Run the commands of the gates, in a worktree of its own and in the sandbox.',
    }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor)
    const { doctor } = await import('../actions/doctor.js')
    await this.act((context) => doctor(context, flags))
  }
}
