import { execFileSync } from 'node:child_process'
import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { builtinAgents } from '@gump/agents'
import { temporaryRepository } from '@gump/testkit'
import { expect, it } from 'vitest'
import { world } from './support/world.js'

const text = `
name: w
steps:
  - name: one
    agent: claude-opus
    prompt: Go.
    retry:
      - attempt: 2
        agent: claude-sonnet
      - exit: 3
  - name: two
    agent: claude-haiku
    prompt: Go.
`

it('names a program that is missing once, with the steps that need it and what is there instead', async () => {
  const repo = temporaryRepository({
    'bin/codex': "#!/bin/sh\necho 'codex-cli 0.0.1'\n",
    'bin/gemini': "#!/bin/sh\necho 'broken' >&2; exit 1\n",
  })
  for (const name of ['codex', 'gemini']) chmodSync(`${repo.dir}/bin/${name}`, 0o755)
  const git = execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim()
  symlinkSync(join(git, 'git'), `${repo.dir}/bin/git`)
  const { engine } = world({
    repo,
    workflows: { w: text },
    script: '[]',
    agents: builtinAgents(),
    // Nothing of what else this machine has.
    ambient: { env: { PATH: `${repo.dir}/bin` }, home: repo.dir },
  })
  const { diagnostics } = await engine.plan({ workflow: 'w' })
  expect(diagnostics.filter(({ code }) => code === 'GUMP-P006')).toMatchObject([
    {
      code: 'GUMP-P006',
      message: 'Claude Code is not installed: there is no "claude" on PATH. Needed by one, two',
      expected: expect.stringMatching(/^npm install -g \S+, or --agent codex, or --agent gemini$/u),
      range: { start: { line: 5 } },
    },
  ])
})

it.each(['resume', 'replay'] as const)('refuses a missing one for what is left: %s', async (what) => {
  const scripted = `name: w\nsteps:\n  - {name: a, agent: scripted, prompt: Go., gate: [{bash: "false"}]}\n`
  const { engine, repo } = world({ workflows: { w: scripted }, script: '- do: [turn]' })
  const run = await engine.start({ workflow: 'w' })
  await run.result
  const other = world({
    repo,
    workflows: { w: scripted },
    script: '[]',
    agents: builtinAgents(),
    ambient: { env: { ...process.env, PATH: `${repo.dir}:/usr/bin:/bin` }, home: repo.dir },
  }).engine
  const before = await engine.events(run.id)
  const refusal = { code: 'GUMP-P006', remedy: expect.stringMatching(/^npm install -g @openai\/codex/u) }
  const asked =
    what === 'resume'
      ? other.resume({ run: run.id, agent: 'codex' })
      : other.replay({ run: run.id, fromStep: 'a', agent: 'codex' })
  await expect(asked).rejects.toMatchObject(refusal)
  expect(await engine.events(run.id)).toEqual(before)
  expect(await engine.runs()).toHaveLength(1)
})
