import { BaseCommand } from '../base-command.js'

export class Mcp extends BaseCommand {
  static override summary = 'Serve run, status, report and stats as tools, over MCP on stdin and stdout.'
  static override description =
    'For an agent or an editor to start. Runs that it was asked for stop, resumable, when the connection ends.'
  static override examples = [
    '<%= config.bin %> mcp',
    { description: 'In Claude Code:', command: 'claude mcp add gump -- <%= config.bin %> mcp' },
  ]

  async run(): Promise<void> {
    await this.parse(Mcp)
    const { mcp } = await import('../actions/mcp.js')
    await this.act((context) => mcp(context))
  }
}
