import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Installs programs from npm's registry into a folder of their own, with no script of theirs run. `problem` says why they
 * are not there; `bin` is the path of a file of one of them.
 */
export function npmTools(folder, packages) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', '--save-exact']
  const { status, stderr, error } = spawnSync('npm', ['install', ...quiet, ...packages], {
    cwd: folder,
    encoding: 'utf8',
  })
  const why = error === undefined ? stderr.trim().split('\n')[0] : error.message
  return {
    problem: status === 0 ? undefined : `npm did not install ${packages.join(', ')}: ${why}`,
    bin: (name, file) => join(folder, 'node_modules', name, file),
  }
}
