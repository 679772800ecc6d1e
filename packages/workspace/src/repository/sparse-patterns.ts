import { join } from 'node:path'

import type { Repository } from './repository.js'
import { readFile } from './small-files.js'

/** The patterns of the user's sparse checkout; null when the user's tree is complete. */
export async function sparsePatterns({ configuration, gitDir }: Repository): Promise<string | null> {
  if (!(await configuration.known()).isTrue('core.sparseCheckout')) return null
  return readFile(join(gitDir, 'info/sparse-checkout'), 'utf8').catch(() => null)
}
