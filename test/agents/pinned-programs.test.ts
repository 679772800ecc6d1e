import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { builtinAgents, isVerified } from '../../packages/agents/src/index.js'
import { expect, it } from 'vitest'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const { programs } = await import(here('./programs/program.mjs'))

it.each<{ name: string; version: string }>(programs)(
  '$name $version is a version the adapter was verified with',
  ({ name, version }) => {
    const adapter = builtinAgents().find((agent) => agent.name === name)
    expect(isVerified(version, adapter?.detection?.verified ?? [])).toBe(true)
  },
)

it.each([[['--only', 'nobody']], [['--case', 'none']], [['--what']]])('refuses %j', (args) => {
  const { status, stderr } = spawnSync(process.execPath, [here('../../scripts/test-agents.mjs'), ...args], {
    encoding: 'utf8',
  })
  expect(status).toBe(2)
  expect(stderr).toContain('Usage: ')
})
