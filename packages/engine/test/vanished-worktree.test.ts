import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type AgentAdapter, createNormalizedParser, parseAgentScript, scripted } from '@gump/agents'
import { describe, expect, it } from 'vitest'
import { types, world } from './support/world.js'

const success = `echo '{"type":"result","status":"success"}'`

/** An agent that is a shell command. */
function shell(command: string): AgentAdapter {
  const base = scripted(parseAgentScript('- do: []', 'x.yaml'), { name: 'shell' })
  return {
    ...base,
    launch: () => ({
      kind: 'process',
      file: 'sh',
      args: ['-c', `${command}; ${success}`],
      env: {},
      stateDirs: [],
    }),
    createParser: createNormalizedParser,
  }
}

const files = { 'a.txt': 'a\n', 'src/b.txt': 'b\n' }
const one = 'name: w\nsteps:\n  - {name: a, agent: shell, prompt: go, gate: [{bash: test -f c.txt}]}\n'
const works = shell('echo c > c.txt')
const script = '- do: []'

const ways: Readonly<Record<string, readonly [says: string, command: string]>> = {
  'is removed': ['is gone', 'rm -rf "$PWD"'],
  'is put elsewhere': ['is gone', 'mv "$PWD" "$PWD-away"'],
  'is replaced by a folder': ['has been replaced by another folder', 'mv "$PWD" "$PWD-away"; mkdir "$PWD"'],
  'is replaced by a repository': [
    'has been replaced by another folder',
    'D=$PWD; cd /; rm -rf "$D"; git init -q "$D"; echo c > "$D/c.txt"',
  ],
  'loses its .git file': ['has lost its .git file', 'echo c > c.txt; rm .git'],
  'is emptied': ['has lost its .git file', 'find . -mindepth 1 -delete'],
  'is emptied but for .git': ['has been emptied', 'find . -mindepth 1 -not -name .git -delete'],
}

describe.each(Object.entries(ways))('a worktree that %s', (_, [says, command]) => {
  it('while an agent works stops the run, which can be resumed', async () => {
    const { repo, engine } = world({ files, workflows: { w: one }, script, agents: [shell(command)] })
    const run = await engine.start({ workflow: 'w' })
    const result = await run.result
    expect(result).toMatchObject({ status: 'failed', commit: result.baseCommit })
    const events = await engine.events(run.id)
    expect(types(events)).not.toContain('snapshot_created')
    const stop = events.find((event) => event.type === 'circuit_breaker')
    expect(stop).toMatchObject({
      reason: expect.stringMatching(new RegExp(`^GUMP-G016: the worktree .* ${says}$`)) as string,
      remedy: expect.stringContaining('gump run --resume') as string,
    })
    expect(repo.tree()).toMatchObject({ 'a.txt': expect.anything() as string })

    const later = world({ repo, workflows: { w: one }, script, agents: [works] }).engine
    const resumed = await (await later.resume({ run: run.id })).result
    expect(resumed).toMatchObject({ status: 'passed' })
    expect(repo.git('ls-tree', '-r', '--name-only', resumed.commit).split('\n')).toEqual([
      'a.txt',
      'c.txt',
      'src/b.txt',
    ])
  })

  it('while a gate runs stops the run, which can be resumed', async () => {
    const flag = 'test -e ../go'
    const gate = JSON.stringify(`${flag} || { ${command}; }`)
    const text = `name: w\nsteps:\n  - {name: a, agent: shell, prompt: go, gate: [{bash: ${gate}}, {bash: test -f a.txt}]}\n`
    const { repo, engine } = world({ files, workflows: { w: text }, script, agents: [works] })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed' })
    const events = await engine.events(run.id)
    expect(types(events)).not.toContain('gate_passed')
    expect(events.find((event) => event.type === 'circuit_breaker')).toMatchObject({
      reason: expect.stringContaining(says) as string,
    })
    repo.write('../project.gump/go', '')
    const later = world({ repo, workflows: { w: text }, script, agents: [works] }).engine
    const resumed = await (await later.resume({ run: run.id })).result
    expect(resumed).toMatchObject({ status: 'passed' })
    expect(repo.git('show', `${resumed.commit}:c.txt`)).toBe('c')
  })
})

it.each(['before_gate', 'after_gate'])(
  'what an agent had done is there again when its worktree was lost while a person was asked %s',
  async (at) => {
    const text = one.replace('prompt: go', `prompt: go, hitl: ${at}`)
    const { repo, engine } = world({ files, workflows: { w: text }, script, agents: [works] })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'paused' })
    const folder = `${repo.dir}.gump`
    rmSync(join(folder, `run-${run.id}`), { recursive: true })
    const later = world({ repo, workflows: { w: text }, script, agents: [works] }).engine
    const resumed = await (await later.resume({ run: run.id, answer: { decision: 'continue' } })).result
    expect(resumed).toMatchObject({ status: 'passed' })
    expect(repo.git('show', `${resumed.commit}:c.txt`)).toBe('c')
    expect(types(await later.events(run.id))).not.toContain('edits_adopted')
    expect(readdirSync(folder)).toEqual([`run-${run.id}`])
  },
)

it('nothing of an agent without a worktree is left in the checkout or beside it', async () => {
  const text = 'name: w\nsteps:\n  - {name: a, type: artifact, worktree: none, agent: shell, prompt: go}\n'
  const agent = shell('echo text > .gump/out/artifact.md; echo "test(1)" > a.test.js')
  const { repo, engine } = world({ files, workflows: { w: text }, script, agents: [agent] })
  const run = await engine.start({ workflow: 'w' })
  expect(await run.result).toMatchObject({ status: 'passed' })
  expect(Object.keys(repo.tree()).filter((path) => /\.(?:md|js)$/.test(path))).toEqual([])
  const left = readdirSync(`${repo.dir}.gump`, { recursive: true, withFileTypes: true })
  expect(left.filter((entry) => entry.isFile() && entry.parentPath.includes('.scratch'))).toEqual([])
})
