import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { runGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'

/** Attributes outside of commits: those of the repository, and those of the user and the machine, weakest first. */
export async function ownAttributes(
  repository: Repository,
): Promise<{ readonly own: string; readonly everywhere: string }> {
  const { commonDir, env } = repository
  const read = (file: string | null): Promise<string> =>
    file === null ? Promise.resolve('') : readFile(file, 'utf8').catch(() => '')
  const machine = env['GIT_ATTR_NOSYSTEM'] === undefined ? '/etc/gitattributes' : null
  const texts = await Promise.all([read(machine), read(await userFile(repository))])
  return { own: await read(join(commonDir, 'info/attributes')), everywhere: texts.join('\n') }
}

/** Where git looks when nothing is configured is known; only a configuration that names another place has to be asked. */
async function userFile({ user, env }: Repository): Promise<string | null> {
  const { code, stdout } = await runGit(['config', '--type=path', '-z', '--get', 'core.attributesFile'], user)
  if (code === 0) return stdout.toString('utf8').replace(/\0$/u, '')
  const { XDG_CONFIG_HOME: xdg, HOME: home } = env
  if (xdg !== undefined && xdg !== '') return join(xdg, 'git/attributes')
  return home === undefined || home === '' ? null : join(home, '.config/git/attributes')
}
