import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const text = `
name: w
steps:
  - {name: report, type: artifact, agent: scripted, prompt: Report.}
  - name: plan
    type: split
    agent: scripted
    each:
      - {name: make, agent: scripted, context: [{bash: "echo seen"}], gate: [{bash: "test -e done/t"}]}
  - {name: judge, type: validate, agent: scripted, prompt: Judge.}
`
const script = `
- match: {step: report}
  do: [{write: {path: .gump/out/artifact.md, content: "# Report"}}, turn]
- match: {step: plan}
  do: [{out: {plan: [{name: t, description: t}]}}]
- match: {step: judge}
  do: [{write: {path: .gump/out/validate.json, content: '{"pass": true, "comments": ""}'}}, turn]
- match: {task: t}
  do: [turn, {write: {path: done/t, content: t}}]
- do: [turn]
`
const files = { 'README.md': '# A project\n', 'spec.md': 'A spec.\n' }

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

describe('the folder of a run', () => {
  it('has no file that tools of the project would take for one of theirs', async () => {
    const { repo, engine } = world({ files, workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w', spec: join(repo.dir, 'spec.md') })
    expect(await run.result).toMatchObject({ status: 'passed' })
    const found = filesBelow(join(repo.dir, '.gump/runs'))
    expect(found.length).toBeGreaterThan(10)
    const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
    const odd = found.filter(
      (path) => !/^[^.]+$|\.(?:ndjson|log|patch|txt)$|^owner\.\d+(?:\.ended)?$/.test(last(path)),
    )
    expect(odd).toEqual([])
  })

  it('tells people by which hash a text is kept', async () => {
    const { repo, engine } = world({ files, workflows: { w: text }, script })
    const run = await engine.start({ workflow: 'w', spec: join(repo.dir, 'spec.md') })
    await run.result
    const folder = join(run.dir, 'inputs')
    const names = readFileSync(join(folder, 'names.txt'), 'utf8')
    const hash = /^([0-9a-f]{16}) {2}spec\.md$/m.exec(names)?.[1] ?? ''
    expect(readFileSync(join(folder, hash), 'utf8')).toBe('A spec.\n')
  })

  it('of an older version resumes', async () => {
    const broken = script.replace('done/t', 'elsewhere')
    const { repo, engine } = world({ files, workflows: { w: text }, script: broken })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed' })
    renameSync(join(run.dir, 'inputs/inputs.ndjson'), join(run.dir, 'inputs/inputs.json'))
    rmSync(join(run.dir, 'state.ndjson'))
    writeFileSync(join(run.dir, 'state.json'), '{}\n')
    const later = world({ repo, workflows: {}, script }).engine
    const resumed = await later.resume({ run: run.id })
    expect(await resumed.result).toMatchObject({ status: 'passed' })
    expect(readdirSync(run.dir)).not.toContain('state.json')
  })
})
