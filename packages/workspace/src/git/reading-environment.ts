import { cleanEnvironment, settingsEnvironment } from './environment.js'
import { commonSettings } from './settings.js'

/**
 * Environment for a git command that only reads what a repository holds, and runs no program that the repository's own
 * configuration names: no hooks and monitors, no pager, no check of signatures, no helper for credentials. Objects that
 * a partial clone lacks are fetched by HTTPS only.
 *
 * @example
 * ```ts
 * execFile('git', ['cat-file', 'blob', 'HEAD:README.md'], { cwd: repo, env: readingEnvironment(process.env) })
 * ```
 */
export function readingEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return {
    ...cleanEnvironment(env),
    ...settingsEnvironment([
      ...commonSettings(false),
      ['core.pager', 'cat'],
      ['credential.helper', ''],
      ['log.showSignature', 'false'],
      ['diff.external', ''],
    ]),
    GIT_ALLOW_PROTOCOL: 'https',
    GIT_ASKPASS: '',
  }
}
