import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFiles } from './tiny-project.js'

const env = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  LC_ALL: 'C',
}

/** Makes the repository that every run of a scenario starts from a copy of; small, so that copies are cheap. */
export function makeScenarioRepository(dir: string): void {
  mkdirSync(dir, { recursive: true })
  const git = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: dir, env })
  git('init', '--quiet', '--initial-branch=main', '--template=')
  git('config', 'user.name', 'A User')
  git('config', 'user.email', 'user@example.com')
  for (const [path, content] of Object.entries(projectFiles)) writeFileSync(join(dir, path), content)
  git('add', '--all')
  git('commit', '--quiet', '--message=first')
}

export function copyRepository(from: string, to: string): void {
  cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
}
