import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'
import { usageError } from '../usage-error.js'

export class Models extends BaseCommand {
  static override summary =
    'List agents and model names, what is installed, and which versions were verified.'
  static override examples = [
    '<%= config.bin %> models',
    '<%= config.bin %> models --prices',
    '<%= config.bin %> models --prices gpt-5.5',
    '<%= config.bin %> models --json',
  ]
  static override strict = false
  static override args = {
    model: Args.string({ description: 'With --prices: further models to look up.' }),
  }
  static override flags = {
    prices: Flags.boolean({ summary: 'Show what tokens cost, and where and when each price is from.' }),
    json: Flags.boolean({ summary: 'Print JSON.' }),
  }

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Models)
    const wanted = argv.map(String)
    if (flags.prices) {
      const { prices } = await import('../actions/prices.js')
      await this.act((context) => prices(context, { json: flags.json, models: wanted }))
      return
    }
    if (wanted.length > 0) throw usageError('models are looked up with --prices only', 'models')
    const { models } = await import('../actions/models.js')
    await this.act((context) => models(context, flags))
  }
}
