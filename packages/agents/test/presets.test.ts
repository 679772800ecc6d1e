import { builtinAgents, claude, resolveAgent, type ProcessLaunch } from '@gump/agents'
import { checkLaunchIsPure, sampleRequest } from '../src/conformance/launching.js'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { PRESETS } from '../src/presets/index.js'

type Overrides = Parameters<typeof sampleRequest>[0]

function launch(name: string, overrides: Overrides = {}): ProcessLaunch {
  const found = resolveAgent(name, builtinAgents())
  if (!found.ok) throw new Error(found.problem.message)
  const { adapter, model } = found.agent
  const plan = adapter.launch(sampleRequest({ model, ...overrides }))
  if (plan.kind !== 'process') throw new Error('a process was expected')
  return plan
}

/** What the bridge of the Agent Client Protocol is asked to start. */
function bridged(plan: ProcessLaunch): { command: readonly string[]; model: string | null } {
  expect(plan.file).toBe('node')
  return JSON.parse(plan.args[1] ?? '') as { command: readonly string[]; model: string | null }
}

const folder = fileURLToPath(new URL('../src/presets', import.meta.url))

describe('presets', () => {
  it('are exactly the files of the folder', () => {
    const files = readdirSync(folder).map((file) => file.slice(0, -'.ts'.length))
    const own = files.filter((name) => !['index', 'preset', 'preset-agent'].includes(name))
    expect(PRESETS.map(({ name }) => name).toSorted()).toEqual(own.toSorted())
  })

  it.each<[name: string, line: string, stdin: boolean, env: object]>([
    ['droid', 'droid exec --auto high --file /work/scratch/prompt.txt', false, {}],
    [
      'droid-custom:mine',
      'droid exec --auto high --model custom:mine --file /work/scratch/prompt.txt',
      false,
      {},
    ],
    ['crush', 'crush run --quiet', true, {}],
    ['crush-openai/gpt-5.5', 'crush run --quiet --model openai/gpt-5.5', true, {}],
    ['amp', 'amp --execute --dangerously-allow-all', true, {}],
    ['amp-rush', 'amp --execute --dangerously-allow-all --mode rush', true, {}],
    ['cline', 'cline --auto-approve true Do it.', false, { CLINE_NO_AUTO_UPDATE: '1' }],
    ['cline-m-1', 'cline --auto-approve true --model m-1 Do it.', false, { CLINE_NO_AUTO_UPDATE: '1' }],
    ['antigravity', 'agy --dangerously-skip-permissions --print Do it.', false, {}],
    ['antigravity-pro', 'agy --dangerously-skip-permissions --model pro --print Do it.', false, {}],
    [
      'aider-deepseek/chat',
      'aider --message-file /work/scratch/prompt.txt --yes-always --no-auto-commits --no-dirty-commits --no-gitignore --chat-history-file /dev/null --input-history-file /dev/null --no-check-update --no-pretty --model deepseek/chat',
      false,
      {},
    ],
  ])('%s prints, and is started as %s', (name, line, stdin, env) => {
    const plan = launch(name)
    expect([plan.file, ...plan.args].join(' ')).toBe(line)
    expect(plan.stdin).toBe(stdin ? 'Do it.' : undefined)
    expect(plan.env).toEqual(env)
  })

  it.each<[name: string, words: readonly string[], env: object]>([
    ['goose', ['goose', 'acp'], {}],
    ['goose-gpt-5.5', ['goose', 'acp'], { GOOSE_MODEL: 'gpt-5.5' }],
    ['auggie', ['auggie', '--acp'], {}],
    ['auggie-sonnet', ['auggie', '--acp', '--model', 'sonnet'], {}],
  ])('%s speaks the protocol, and is started as %j', (name, words, env) => {
    const plan = launch(name)
    expect(bridged(plan)).toMatchObject({ command: words, model: null })
    expect(plan.stdin).toBe('Do it.')
    expect(plan.env).toEqual(env)
  })

  it('start the program that was found, where another one hands it over', () => {
    expect(bridged(launch('goose', { program: '/opt/goose' })).command).toEqual(['/opt/goose', 'acp'])
  })

  it('may write to the folders of their programs, as acp:PROGRAM may', () => {
    expect(launch('droid').stateDirs).toEqual(['/home/alice/.factory'])
    expect(launch('acp:auggie --acp').stateDirs).toEqual(launch('auggie').stateDirs)
    expect(launch('goose', { env: {} }).stateDirs).toEqual([])
  })

  it.each(PRESETS.map(({ name }) => name))('%s is launched from plain data, whatever the prompt', (name) => {
    const found = resolveAgent(name, builtinAgents())
    if (!found.ok) throw new Error(found.problem.message)
    checkLaunchIsPure(found.agent.adapter)
    const prompt = '--help {model} {prompt_file} "; rm -rf ~'
    const { args, stdin, files } = launch(name, { prompt })
    const places = [args.includes(`\n${prompt}`), stdin === prompt, files?.['prompt.txt'] === prompt]
    expect(places.filter(Boolean)).toHaveLength(1)
  })

  it('hand over a prompt that is too long for an argument in a file', () => {
    const prompt = 'x'.repeat(200_000)
    const { args, files } = launch('antigravity', { prompt })
    expect(files).toEqual({ 'prompt.txt': prompt })
    expect(args.at(-1)).toContain('/work/scratch/prompt.txt')
  })
})

describe('a name that means no agent', () => {
  it.each([
    ['gose', 'goose'],
    ['antigravty', 'antigravity'],
    ['crush/openai/gpt-5.5', 'crush-openai/gpt-5.5'],
    ['opencode/anthropic/opus', 'opencode-anthropic/opus'],
    ['constructor', null],
    ['zzzzzzzzz', null],
  ])('%s suggests %j', (name, suggestion) => {
    expect(resolveAgent(name, builtinAgents())).toMatchObject({ ok: false, problem: { suggestion } })
  })

  it('suggests no preset where there is none', () => {
    expect(resolveAgent('goose', [claude()])).toMatchObject({ ok: false, problem: { suggestion: null } })
  })
})
