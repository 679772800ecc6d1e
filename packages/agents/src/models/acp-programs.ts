/**
 * Programs without an adapter of their own that speak the Agent Client Protocol, by the name people use, and how they do,
 * as their makers describe it. None of them was run with Gump.
 *
 * - goose: https://block.github.io/goose/docs/guides/acp-clients
 * - Cline: https://docs.cline.bot/usage/acp
 * - Auggie: https://docs.augmentcode.com/cli/acp/agent
 */
export const ACP_PROGRAMS: Readonly<Record<string, string>> = {
  auggie: 'acp:auggie --acp',
  cline: 'acp:cline --acp',
  goose: 'acp:goose acp',
}
