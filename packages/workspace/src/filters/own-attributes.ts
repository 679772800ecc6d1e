import { join } from 'node:path'

import type { Configuration } from '../git/configuration.js'
import type { Repository } from '../repository/repository.js'
import { readFile } from '../repository/small-files.js'

/** Attributes outside of commits: those of the repository, and those of the user and the machine, weakest first. */
export async function ownAttributes(
  { commonDir, env }: Pick<Repository, 'commonDir' | 'env'>,
  configuration: Configuration,
): Promise<{ readonly own: string; readonly everywhere: string }> {
  const read = (file: string | null): Promise<string> =>
    file === null ? Promise.resolve('') : readFile(file, 'utf8').catch(() => '')
  const machine = env['GIT_ATTR_NOSYSTEM'] === undefined ? '/etc/gitattributes' : null
  const texts = await Promise.all([read(machine), read(await userFile(env, configuration))])
  return { own: await read(join(commonDir, 'info/attributes')), everywhere: texts.join('\n') }
}

/** Where git looks when nothing is configured is known. */
async function userFile(env: Repository['env'], configuration: Configuration): Promise<string | null> {
  const configured = await configuration.path('core.attributesFile')
  if (configured !== undefined) return configured
  const { XDG_CONFIG_HOME: xdg, HOME: home } = env
  if (xdg !== undefined && xdg !== '') return join(xdg, 'git/attributes')
  return home === undefined || home === '' ? null : join(home, '.config/git/attributes')
}
