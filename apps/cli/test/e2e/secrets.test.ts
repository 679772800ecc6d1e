import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type Outcome, type World, world } from './support/world.js'
import { oneStep, project } from './support/workflows.js'

const password = 'h?unter+2/2 secret'
const token = 'tok_0123456789abcdef'
const database = 'postgres://app:p%40ssPhrase99@db.example/app'
const env = { MY_DB_PASSWORD: password, CI_TOKEN: token, DATABASE_URL: database, PGHOST_PASSWORD: 'postgres' }

/** Every form in which a secret must not be found. */
function forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const base64 = bytes.toString('base64')
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
  ]
}
const hidden = [password, token, 'p%40ssPhrase99', 'p@ssPhrase99'].flatMap(forms)

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (name === 'worktrees') return []
    return statSync(path).isDirectory() ? everyFile(path) : [path]
  })
}

function leaks(text: string): readonly string[] {
  // The last characters of base64 say next to nothing, and depend on what follows.
  return hidden.filter((form) => text.includes(form.replace(/.{0,2}=+$/u, '')))
}

/** All that a run left in the repository, commits aside, and all that commands show of it. */
async function everythingShown({ repo, gump }: World, run: Outcome): Promise<ReadonlyMap<string, string>> {
  const found = new Map([['the run', run.stdout + run.stderr]])
  for (const file of everyFile(join(repo.dir, '.gump/runs')))
    found.set(file, `${file}\n${readFileSync(file, 'utf8')}`)
  for (const args of [
    ['report'],
    ['report', '--json'],
    ['report', '--detail', 'impl'],
    ['report', '--html', '../report.html'],
    ['logs'],
    ['status', '--json'],
    ['runs', '--json'],
    ['stats'],
  ]) {
    const { stdout, stderr } = await gump(args, { env })
    found.set(args.join(' '), stdout + stderr)
  }
  found.set('report.html', readFileSync(join(repo.dir, '../report.html'), 'utf8'))
  execFileSync('rm', [join(repo.dir, '../report.html')])
  return found
}

const gates = [
  'echo "$MY_DB_PASSWORD"; echo "db: $DATABASE_URL"; echo "words: $PGHOST_PASSWORD"',
  'cat made-*.txt encoded.txt; exit 1',
]

describe('secrets of the environment', () => {
  it('reach no gate and nothing that is stored or shown, in whatever form', async () => {
    const content = `${password}\n${token}\nurl ${database}\n`
    const encoded = hidden.join('\n')
    const script = `- do:
    - text: ${JSON.stringify(`I found ${token} and ${password}`)}
    - write: {path: ${JSON.stringify(`made-${token}.txt`)}, content: ${JSON.stringify(content)}}
    - write: {path: encoded.txt, content: ${JSON.stringify(encoded)}}
    - write: {path: done.txt, content: x}
    - tool: {name: Bash, kind: shell, command: ${JSON.stringify(`curl -H ${token}`)}, ok: true}
`
    const workflow = oneStep.replace(
      '- bash: test -f done.txt',
      gates.map((line) => `- bash: ${JSON.stringify(line)}`).join('\n      '),
    )
    const here = world(project(script, { '.gump/workflows/one.yaml': workflow }))
    here.repo.write('spec.md', `Connect with ${password}.\n`)
    here.repo.commit('spec')
    const run = await here.gump(['run', 'one', '--spec', 'spec.md', '--verbose'], { env })
    expect(run.code).toBe(1)
    const shown = await everythingShown(here, run)
    for (const [where, text] of shown) expect([where, leaks(text)]).toEqual([where, []])
    const all = [...shown.values()].join('\n')
    expect(all).toContain('***')
    expect(all).toContain('words: postgres')
    // What the agent made is recorded as it made it.
    const commits = here.repo.git('log', '--all', '-p', '--format=%H')
    for (const text of [token, password]) expect(commits).toContain(text)
  })

  it('are kept from gates, unless the user gives them some', async () => {
    const workflow = oneStep.replace(
      'test -f done.txt',
      'env | cut -d= -f1 | sort > seen.txt; cp seen.txt $HOME/seen',
    )
    const here = world(
      project('- do:\n    - write: {path: done.txt, content: x}\n', { '.gump/workflows/one.yaml': workflow }),
    )
    const seen = async (): Promise<readonly string[]> => {
      expect((await here.gump(['run', 'one', '--spec', 'spec.md'], { env })).code).toBe(0)
      return readFileSync(join(here.home, 'seen'), 'utf8').split('\n')
    }
    const before = await seen()
    for (const name of ['MY_DB_PASSWORD', 'CI_TOKEN', 'DATABASE_URL']) expect(before).not.toContain(name)
    expect(before).toContain('PGHOST_PASSWORD')
    here.atHome('.gump/config.toml', '[gates]\npass_env = ["DATABASE_*", "my_db_password"]\n')
    const after = await seen()
    for (const name of ['MY_DB_PASSWORD', 'DATABASE_URL']) expect(after).toContain(name)
    expect(after).not.toContain('CI_TOKEN')
    here.repo.write('gump.toml', `${here.repo.read('gump.toml')}[gates]\npass_env = ["*"]\n`)
    const { code, stderr } = await here.gump(['run', 'one', '--spec', 'spec.md', '--allow-dirty'], { env })
    expect([code, stderr]).toEqual([2, expect.stringContaining('a repository may not set gates.pass_env')])
  })

  it('are not printed by a dry run', async () => {
    const workflow = oneStep.replace('{spec}', '{spec} with {key}')
    const here = world(project('- do: []\n', { '.gump/workflows/one.yaml': workflow }))
    const args = ['run', 'one', '--spec', 'spec.md', '--set', `key=${token}`, '--dry-run']
    for (const more of [[], ['--json']]) {
      const { stdout, stderr } = await here.gump([...args, ...more], { env })
      expect(leaks(stdout + stderr)).toEqual([])
      expect(stdout).toContain('***')
    }
  })
})
