import { isAbsolute, join, resolve } from 'node:path'

import { demandGit, runGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'
import { readFile, writeFile } from '../repository/small-files.js'

/** Copies the repository's configuration into a view; returns its text. */
export async function copyConfiguration(repository: Repository, common: string): Promise<string> {
  const text = await readFile(join(repository.commonDir, 'config'), 'utf8').catch(() => '')
  const file = join(common, 'config')
  await writeFile(file, text)
  if (/^\s*\[\s*include/imu.test(text)) await pinIncludes(repository, file)
  // A view keeps its refs in files.
  if (!repository.files) {
    await runGit(['config', '--file', file, '--unset-all', 'extensions.refstorage'], repository.common)
  }
  return text
}

/** Relative includes are looked for beside the file that names them, which the copy is not. */
async function pinIncludes({ common, commonDir }: Repository, file: string): Promise<void> {
  const args = ['config', '--file', file, '--null', '--get-regexp', String.raw`^include(if)?\..*path$`]
  const { stdout } = await runGit(args, common)
  for (const entry of stdout.toString('utf8').split('\0').filter(Boolean)) {
    const end = entry.indexOf('\n')
    const [key, path] = [entry.slice(0, end), entry.slice(end + 1)]
    if (isAbsolute(path) || /^(?:~|%\()/u.test(path)) continue
    const change = ['--replace-all', '--fixed-value', key, resolve(commonDir, path), path]
    await demandGit(['config', '--file', file, ...change], common)
  }
}

/** The repositories of this machine that a configuration names as remotes: fetching reads them. */
export function localRemotes(configuration: string): readonly string[] {
  const urls = configuration.matchAll(/^\s*url\s*=\s*"?(?:file:\/\/)?(\/[^"\n;#]*)/gimu)
  return [...urls].map(([, path = '']) => path.trimEnd())
}
