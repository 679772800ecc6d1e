import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** Put together, so that this file obeys the rule. */
const riddle = ['can', 'not'].join(' ')
const broken = ['all the', 'same'].join('\n * ')

const script = fileURLToPath(new URL('../scripts/rules.mjs', import.meta.url))

/** The smallest monorepo that breaks no rule. */
const sound: Record<string, string> = {
  'package.json': JSON.stringify({ license: 'Apache-2.0', engines: { node: '>=20.19' } }),
  '.changeset/first.md': "---\n'@gump/a': minor\n---\n\nFirst.\n",
  'docs/adr/0001-a-thing.md': '# A thing\n\n## Context\n\nx\n\n## Decision\n\nx\n\n## Consequences\n\nx\n',
  'packages/a/README.md': '# @gump/a\n\n```ts\nimport {} from "@gump/a"\n```\n',
  'packages/a/tsup.config.ts': "export default { entry: ['src/index.ts'] }\n",
  'packages/a/src/index.ts': "/** Doc. */\nexport { b } from './b.js'\nexport type * from './c.js'\n",
  'packages/a/package.json': JSON.stringify({
    name: '@gump/a',
    version: '0.0.0',
    description: 'A',
    license: 'Apache-2.0',
    type: 'module',
    engines: { node: '>=20.19' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    dependencies: { yaml: '2.9.1' },
  }),
}

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gump-rules-'))
})
afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

async function check(changes: Record<string, string | null>): Promise<string> {
  for (const [file, text] of Object.entries({ ...sound, ...changes })) {
    if (text === null) continue
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
  return await new Promise((resolve) => {
    execFile(process.execPath, [script, '--root', root], (error, stdout) =>
      resolve(error === null && stdout === '' ? 'clean' : stdout),
    )
  })
}

describe('the rules of the repository', () => {
  it('are silent about a sound one', async () => {
    expect(await check({})).toBe('clean')
  })

  it.each([
    ['a file named after nothing', { 'packages/a/src/utils.ts': '' }, 'packages/a/src/utils.ts: name it'],
    [
      'an index that re-exports everything',
      { 'packages/a/src/index.ts': "export * from './b.js'\n" },
      'more than named',
    ],
    [
      'an index that does something',
      { 'packages/a/src/index.ts': "import './b.js'\n" },
      'more than named exports',
    ],
    ['a package without README', { 'packages/a/README.md': null }, 'packages/a/README.md is missing'],
    ['a README without example', { 'packages/a/README.md': '# @gump/a\n' }, 'has no example'],
    [
      'a build entry that is not exported',
      { 'packages/a/tsup.config.ts': "['src/index.ts', 'src/x.ts']" },
      'but builds',
    ],
    [
      'a package without changeset',
      { '.changeset/first.md': '---\n---\n' },
      'neither a version nor a changeset',
    ],
    [
      'a changeset for nobody',
      { '.changeset/b.md': "---\n'@gump/b': minor\n---\n" },
      'no package is called @gump/b',
    ],
    [
      'such a phrase at the end of a line',
      { 'packages/a/src/c.ts': `/**\n * It is ${broken}.\n */\nexport type C = 1\n` },
      `packages/a/src/c.ts:2: "${broken.replace(/\W+/gu, ' ')}": write "anyway" or "still"`,
    ],
    [
      'a phrase that reads as a riddle',
      { 'docs/odd.md': `It ${riddle} be.\n` },
      `docs/odd.md:1: "${riddle}": write "cannot"`,
    ],
    [
      'texts of prompts that reach into the shell',
      { 'packages/engine/src/prompt/a.ts': "import { b } from '../shell/b.js'\n" },
      'packages/engine/src/prompt/a.ts imports packages/engine/src/shell/b.js',
    ],
    [
      'a gap in the decisions',
      { 'docs/adr/0003-x.md': sound['docs/adr/0001-a-thing.md'] ?? '' },
      'next number is 0002',
    ],
    [
      'a decision without context',
      { 'docs/adr/0001-a-thing.md': '## Decision\n## Consequences\n' },
      '"Context"',
    ],
    ['a dead link', { 'docs/a.md': '[x](./b.md)\n' }, 'docs/a.md: ./b.md does not exist'],
  ])('find %s', async (_name, changes, complaint) => {
    expect(await check(changes)).toContain(complaint)
  })

  it('leave links in code and to the outside alone', async () => {
    expect(
      await check({ 'docs/a.md': '```\n[x](./b.md)\n```\n[y](https://example.org/) [z](#here)\n' }),
    ).toBe('clean')
  })
})
