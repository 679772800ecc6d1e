import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { scriptedAgents } from '../../src/compose/agent-script.js'

test('a script is read once, however many steps name it', () => {
  const root = mkdtempSync(join(tmpdir(), 'gump-script-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const file = join(root, 'script.yaml')
  writeFileSync(file, '- do: [{write: {path: hello.txt, content: hi}}]\n')
  const family = scriptedAgents(root, undefined, () => false)
  const first = family.withArgument!('script.yaml')
  rmSync(file)
  expect(family.withArgument!('script.yaml')).toBe(first)
  expect(() => family.withArgument!('other.yaml')).toThrow('other.yaml')
})
