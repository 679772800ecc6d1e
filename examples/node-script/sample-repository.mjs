import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes a small project in a temporary folder and returns its path. */
export function createSampleRepository() {
  const dir = mkdtempSync(join(tmpdir(), 'gump-node-script-'))
  const git = (...args) => execFileSync('git', args, { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] })
  writeFileSync(join(dir, 'package.json'), '{ "name": "sample", "private": true, "type": "module" }\n')
  writeFileSync(join(dir, 'spec.md'), 'Write a function greet(name) in greet.js.\n')
  git('init', '-q', '-b', 'main')
  git('config', 'user.name', 'A User')
  git('config', 'user.email', 'user@example.com')
  git('add', '-A')
  git('commit', '-q', '-m', 'Begin')
  return dir
}
