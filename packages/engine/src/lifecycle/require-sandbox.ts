import { GumpError } from '@gump/errors'
import type { Setup } from './setup.js'

/** A run that must not work without a sandbox does not begin, nor is it taken up, where there is none. */
export async function requireSandbox(setup: Setup): Promise<void> {
  const { mode } = setup.settings.sandbox
  if (mode !== 'require' && mode !== 'strict') return
  const report = await setup.ambient.processes.probe()
  if (report.sandbox) return
  throw new GumpError(
    'GUMP-P009',
    `the sandbox is required, and this machine has none: ${report.reason ?? 'unknown'}`,
    {
      remedy: 'install bubblewrap, or use --sandbox=auto',
    },
  )
}
