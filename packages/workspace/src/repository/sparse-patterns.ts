import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { runGit } from '../git/run-git.js'
import type { Repository } from './repository.js'

/** The patterns of the user's sparse checkout; null when the user's tree is complete. */
export async function sparsePatterns({ user, gitDir }: Repository): Promise<string | null> {
  const { stdout } = await runGit(['config', '--type=bool', '--get', 'core.sparseCheckout'], user)
  if (stdout.toString('utf8').trim() !== 'true') return null
  return readFile(join(gitDir, 'info/sparse-checkout'), 'utf8').catch(() => null)
}
