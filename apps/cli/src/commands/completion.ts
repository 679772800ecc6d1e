import { Args } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Completion extends BaseCommand {
  static override summary =
    'Print a script that completes commands, flags, workflows, runs, steps, agents and settings in your shell.'
  static override examples = [
    { description: 'bash, in ~/.bashrc:', command: 'eval "$(<%= config.bin %> completion bash)"' },
    { description: 'zsh, in ~/.zshrc:', command: 'eval "$(<%= config.bin %> completion zsh)"' },
    {
      description: 'fish:',
      command: '<%= config.bin %> completion fish > ~/.config/fish/completions/gump.fish',
    },
  ]
  static override args = {
    shell: Args.string({ required: true, description: 'Your shell.', options: ['bash', 'zsh', 'fish'] }),
  }

  async run(): Promise<void> {
    const { args } = await this.parse(Completion)
    const { completion } = await import('../actions/completion.js')
    await this.act(async (context) => completion(context, args.shell))
  }
}
