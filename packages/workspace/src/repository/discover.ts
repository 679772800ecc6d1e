import { join } from 'node:path'

import { GumpError } from '@gump/errors'

import { type GitCall, runGit } from '../git/run-git.js'
import { placeFromFiles } from './place-from-files.js'
import type { RepositoryPlace } from './repository-place.js'
import { sharedMode } from './shared-mode.js'
import { readFile } from './small-files.js'

/**
 * Finds the repository around a folder. An ordinary one of the user's own is found by its files. Otherwise git looks for it;
 * this is the one call that lets it, with the user's configuration, because `safe.directory` is there.
 *
 * @throws GumpError GUMP-P001 when there is none, or none with a working tree.
 */
export async function discover(
  repoPath: string,
  env: Readonly<Record<string, string>>,
): Promise<RepositoryPlace> {
  const found = placeFromFiles(repoPath)
  if (found !== null) return { ...found, shared: await sharedMode(found.commonDir, env) }
  const call = { cwd: repoPath, env }
  const flags = ['--show-object-format', '--show-toplevel', '--absolute-git-dir', '--git-common-dir']
  const together = await revParse(flags, call)
  // A path may contain a newline; then each is asked for on its own.
  const lines = together.split('\n')
  const answers =
    lines.length === flags.length ? lines : await Promise.all(flags.map((flag) => revParse([flag], call)))
  const [format = '', root = '', gitDir = '', commonDir = ''] = answers
  return {
    root,
    gitDir,
    commonDir,
    format: format === 'sha256' ? 'sha256' : 'sha1',
    files: await hasFileRefs(commonDir),
    shared: await sharedMode(commonDir, env),
  }
}

async function revParse(flags: readonly string[], call: GitCall): Promise<string> {
  const { code, stdout, stderr } = await runGit(['rev-parse', '--path-format=absolute', ...flags], call)
  if (code === 0) return stdout.toString('utf8').replace(/\n$/u, '')
  throw notOpened(call.cwd, stderr.trim())
}

/** What git says here is in English, whatever the user's language. */
function notOpened(folder: string, stderr: string): GumpError {
  const data = { folder, stderr }
  const trust = /git config --global --add safe\.directory .+/u.exec(stderr)
  if (trust !== null) {
    return new GumpError('GUMP-P001', `git does not trust ${folder}, which belongs to another user`, {
      data,
      remedy: `if you do: ${trust[0]}`,
    })
  }
  if (stderr.includes('must be run in a work tree')) {
    return new GumpError('GUMP-P001', `${folder} is a repository without a working tree`, {
      data,
      remedy: 'clone it, and run gump there',
    })
  }
  return new GumpError('GUMP-P001', `${folder} is not in a git working tree: ${stderr}`, { data })
}

/** The reftable format writes a ref storage other than `files` into the configuration. */
export async function hasFileRefs(commonDir: string): Promise<boolean> {
  const config = await readFile(join(commonDir, 'config'), 'utf8').catch(() => '')
  return !/^\s*refstorage\s*=\s*"?(?!files\b)/imu.test(config)
}
