import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'
import { usageError } from '../usage-error.js'

export class Trust extends BaseCommand {
  static override summary =
    'See which plugins this repository wants to load, and give consent or take it back.'
  static override description =
    'A plugin is code that runs in Gump itself, as you, outside of every sandbox. One that you did not bring is loaded only after you have said yes to it here, on a terminal. Consent holds for this repository and for the content of every file of the plugin and of what it depends on; what is loaded is a copy below ~/.gump/plugins. When a file changes, you are asked again.'
  static override examples = [
    '<%= config.bin %> trust',
    '<%= config.bin %> trust ./plugins/gate/index.js',
    '<%= config.bin %> trust @acme/gump-agent --revoke',
    '<%= config.bin %> trust --json',
  ]
  static override args = {
    plugin: Args.string({ description: 'A plugin as [plugins] lists it; without it, all are listed.' }),
  }
  static override flags = {
    revoke: Flags.boolean({ summary: 'Take consent back.' }),
    json: Flags.boolean({ summary: 'Print JSON; nobody is asked.' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Trust)
    const { plugin } = args
    if (flags.revoke && plugin === undefined) throw usageError('--revoke wants the name of a plugin', 'trust')
    const { listPlugins, revokeConsent, showPlugin } = await import('../actions/trust.js')
    if (plugin === undefined) await this.act((context) => listPlugins(context, flags))
    else if (flags.revoke) await this.act((context) => revokeConsent(context, plugin))
    else await this.act((context) => showPlugin(context, { plugin, json: flags.json }))
  }
}
