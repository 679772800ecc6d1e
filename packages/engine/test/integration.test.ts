import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAgentScript, scripted, type AgentAdapter } from '@gump/agents'
import { createEngine } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { memoryPlaybook } from '@gump/schema'
import { temporaryRepository } from '@gump/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { apply, baseFiles, type Edit, editsOf, look } from './support/edits.js'

const names = ['one', 'two', 'three']
const text = `
name: w
steps:
  - name: plan
    type: split
    agent: editor
    parallel: 3
    each:
      - {name: impl, type: code, agent: editor}
      - {name: more, type: code, agent: editor}
`
const plan = names.map((name) => ({ name, description: name }))
const script = `- match: {step: plan}\n  do: [{out: {plan: ${JSON.stringify(plan)}}}]\n- do: [turn]\n`

/** Works on files at the moment of its launch: no process is needed to see the effect of its work. */
function editor(edits: Readonly<Record<string, readonly Edit[]>>): AgentAdapter {
  const plain = scripted(parseAgentScript(script, 'agents.yaml'), { name: 'editor' })
  return {
    ...plain,
    launch(request) {
      const { task, step } = request.position
      for (const edit of edits[`${task ?? ''}/${step}`] ?? []) apply(request.cwd, edit)
      return plain.launch(request)
    },
  }
}

/** The tree that the same edits give when they are really done one after the other, in a folder without git. */
function inOrder(start: (dir: string) => void, edits: readonly Edit[]): Readonly<Record<string, string>> {
  const dir = mkdtempSync(join(tmpdir(), 'gump-order-'))
  try {
    start(dir)
    for (const edit of edits) apply(dir, edit)
    return look(dir)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const task = (who: string): fc.Arbitrary<readonly [readonly Edit[], readonly Edit[]]> =>
  fc.tuple(editsOf(`${who} first`), editsOf(`${who} then`))

it('tasks side by side give what they give one after the other, byte for byte, and no commit is lost', async () => {
  let merged = 0
  await fc.assert(
    fc.asyncProperty(fc.tuple(task('one'), task('two'), task('three')), async (tasks) => {
      const repo = temporaryRepository({ 'README.md': '# A project\n' })
      const fill = (files: typeof baseFiles, write: typeof repo.write): void => {
        for (const [path, content] of Object.entries(files))
          write(path, content, path === 'run.sh' ? 0o755 : 0o644)
      }
      fill(baseFiles, repo.write)
      repo.commit()
      const edits = Object.fromEntries(
        tasks.flatMap(([impl, more], n) => [
          [`${names[n]}/impl`, impl],
          [`${names[n]}/more`, more],
        ]),
      )
      const engine = createEngine({
        repo: repo.dir,
        playbook: memoryPlaybook({ origin: 'builtin', workflows: [{ ref: 'w', text }] }),
        agents: [editor(edits)],
        gates: builtinGates,
        guards: builtinGuards,
        settings: { jobs: 3, sandbox: { mode: 'off', writable: [], hide: [] } },
      })
      try {
        const run = await engine.start({ workflow: 'w' })
        const result = await run.result
        expect(result).toMatchObject({ status: 'passed' })
        const expected = inOrder(
          (dir) => repo.git('--work-tree', dir, 'checkout', 'main', '--', '.'),
          tasks.flatMap(([impl, more]) => [...impl, ...more]),
        )
        expect(look(join(repo.dir, `../project.gump/run-${run.id}`))).toEqual(expected)
        repo.git('reset', '--hard', '-q', result.commit)
        expect(look(repo.dir)).toEqual(expected)
        const events = await engine.events(run.id)
        const commits = events.flatMap((e) =>
          e.type === 'snapshot_created' || e.type === 'step_completed' || e.type === 'integrated'
            ? [e.commit]
            : [],
        )
        const reachable = new Set(repo.git('rev-list', '--all').split('\n'))
        expect(commits.filter((commit) => !reachable.has(commit))).toEqual([])
        merged += events.filter((e) => e.type === 'integrated' && e.merged !== e.base_commit).length
      } finally {
        await engine.close()
        repo.remove()
      }
    }),
    { numRuns: 10 },
  )
  expect(merged).toBeGreaterThan(0)
}, 600_000)
