import { BaseCommand } from '../base-command.js'

export class Mcp extends BaseCommand {
  static override summary = 'Serve run, status, report and stats as tools, over MCP on stdin and stdout.'
  static override description =
    'An agent or an editor starts it. When the connection ends, the runs that it started stop and can be resumed.'
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
