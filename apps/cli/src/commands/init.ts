import { BaseCommand } from '../base-command.js'

export class Init extends BaseCommand {
  static override summary = 'Write a gump.toml that fits this project, and an example spec.'
  static override description = 'Files that are already there are never changed.'
  static override examples = ['<%= config.bin %> init']

  async run(): Promise<void> {
    await this.parse(Init)
    const { init } = await import('../actions/init.js')
    await this.act((context) => init(context))
  }
}
