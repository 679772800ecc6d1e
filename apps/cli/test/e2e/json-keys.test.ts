import { expect, it } from 'vitest'

import { world } from './support/world.js'
import { project, succeeds } from './support/workflows.js'

const files = project(succeeds, {
  '.gump/workflows/one.yaml':
    'name: one\nmax_budget: 2\nsteps:\n  - name: impl\n    agent: scripted\n    prompt: "{spec}{someInput}"\n',
  'gump.toml': '[agents.alias]\nmyFast = "scripted"\n',
})

it('spells the keys of every --json output in snake_case, and leaves names of users alone', async () => {
  const { gump } = world(files)
  const given = ['--spec', 'spec.md', '--set', 'someInput=x']
  const outputs = new Map<string, string>()
  const seen = async (...args: readonly string[]): Promise<void> => {
    const { stdout } = await gump([...args, '--json'])
    outputs.set(args.join(' '), stdout)
  }
  await seen('run', 'one', ...given, '--dry-run')
  await gump(['run', 'one', ...given])
  await seen('status')
  await seen('runs')
  await seen('report')
  await seen('stats')
  await seen('path')
  await seen('models')
  await seen('doctor')
  await seen('config', 'list')
  await seen('playbook', 'list')
  await seen('playbook', 'validate', 'one')
  await seen('gc', '--dry-run')
  await seen('trust')
  for (const [command, stdout] of outputs) {
    expect(camelKeys(JSON.parse(stdout)), command).toEqual(command === 'models' ? ['myFast'] : [])
  }
})

function camelKeys(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(camelKeys)
  return Array.isArray(value) ? inner : [...Object.keys(value).filter((key) => /[A-Z]/u.test(key)), ...inner]
}
