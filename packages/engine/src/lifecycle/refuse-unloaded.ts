import { GumpError } from '@gump/errors'
import type { Setup } from './setup.js'

/**
 * An engine that lacks plugins can plan, and starts nothing.
 *
 * @throws GumpError `GUMP-C010`
 */
export function refuseUnloaded({ vocabulary }: Setup): void {
  const { unloaded = [] } = vocabulary
  if (unloaded.length === 0) return
  throw new GumpError('GUMP-C010', `plugins that may be needed were not loaded: ${unloaded.join(', ')}`, {
    data: { plugins: unloaded },
  })
}
