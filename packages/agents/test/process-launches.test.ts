import {
  builtinAgents,
  codex,
  cursor,
  gemini,
  opencode,
  pi,
  copilot,
  qwen,
  type AgentAdapter,
  type LaunchRequest,
  type ProcessLaunch,
} from '@gump/agents'
import { sampleRequest } from '@gump/agents/conformance'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

function launch(adapter: AgentAdapter, overrides: Partial<LaunchRequest> = {}): ProcessLaunch {
  const plan = adapter.launch(sampleRequest(overrides))
  if (plan.kind !== 'process') throw new Error('a process was expected')
  return plan
}

function commandLine(adapter: AgentAdapter, overrides: Partial<LaunchRequest> = {}): string {
  const { file, args } = launch(adapter, overrides)
  const own = fileURLToPath(new URL('../dist/follow/main.js', import.meta.url))
  return [file, ...args].map((word) => (word === own ? 'follow' : word)).join(' ')
}

describe('command lines', () => {
  it.each<[AgentAdapter, string]>([
    [
      codex(),
      'node follow {"pattern":"/home/user/.codex/sessions/*/*/*/rollout-*.jsonl","pick":["\\"token_usage_record\\""],"older":"id-1","first":"\\"/work/tree\\""} codex exec --json --dangerously-bypass-approvals-and-sandbox --skip-git-repo-check -c analytics.enabled=false -m some-model resume id-1 -',
    ],
    [gemini(), 'gemini --output-format stream-json --yolo -m some-model --resume id-1'],
    [qwen(), 'qwen --output-format stream-json --yolo -m some-model --resume id-1 --max-session-turns 7'],
    [opencode(), 'opencode run --format json --auto --thinking --model some-model --session id-1'],
    [
      cursor(),
      'cursor-agent -p --output-format stream-json --force --trust --workspace /work/tree --resume id-1 --model some-model Do it.',
    ],
    [
      copilot(),
      'node follow {"pattern":"/home/user/.copilot/session-state/id-1/events.jsonl","pick":["\\"session.usage_record\\""]} copilot --output-format json --yolo --no-ask-user --model some-model --resume=id-1',
    ],
    [pi(), 'pi -p --mode json --model some-model --session id-1'],
  ])('$name', (adapter, expected) => {
    expect(commandLine(adapter, { sessionId: 'id-1', env: { HOME: '/home/user' } })).toBe(expected)
  })

  it('give a new session of Copilot an id, and start the program that was found', () => {
    const { args } = launch(copilot(), { program: '/opt/bin/copilot', env: { HOME: '/home/user' } })
    const [, followed = '', program, ...rest] = args
    const id = rest.find((word) => word.startsWith('--session-id='))?.slice('--session-id='.length) ?? ''
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
    expect(followed).toContain(`/home/user/.copilot/session-state/${id}/events.jsonl`)
    expect(program).toBe('/opt/bin/copilot')
    const other = launch(copilot(), { scratchDir: '/work/scratch-2' })
    expect(other.args.join(' ')).not.toContain(id)
  })

  it('follow nothing of Copilot where its folder is not known', () => {
    const { file, args } = launch(copilot(), { env: {} })
    expect([file, args[0]]).toEqual(['copilot', '--output-format'])
    const elsewhere = launch(copilot(), { env: { COPILOT_HOME: '/data/copilot' }, sessionId: 'id-1' })
    expect(elsewhere.args[1]).toContain('/data/copilot/session-state/id-1/events.jsonl')
    expect(elsewhere.stateDirs).toEqual(['/data/copilot'])
  })

  it('follow the records of Codex where its folder is', () => {
    const elsewhere = launch(codex(), { env: { CODEX_HOME: '/data/codex' }, program: '/opt/bin/codex' })
    expect(elsewhere.args[1]).toContain('"/data/codex/sessions/*/*/*/rollout-*.jsonl"')
    expect(elsewhere.args[2]).toBe('/opt/bin/codex')
  })

  it('give a new session of OpenCode a title, which it would pay a model for', () => {
    expect(commandLine(opencode())).toBe(
      'opencode run --format json --auto --thinking --model some-model --title Gump: impl',
    )
  })

  it('leave out what is not asked for', () => {
    expect(commandLine(codex(), { model: null, limits: {}, env: {} })).toBe(
      'codex exec --json --dangerously-bypass-approvals-and-sandbox --skip-git-repo-check -c analytics.enabled=false -',
    )
    expect(commandLine(qwen(), { model: null, limits: {} })).toBe('qwen --output-format stream-json --yolo')
  })

  it('hand over the prompt on stdin wherever the CLI reads it there', () => {
    for (const adapter of builtinAgents()) {
      const plan = adapter.launch(sampleRequest())
      if (plan.kind !== 'process') continue
      expect(plan.stdin, adapter.name).toBe(adapter.capabilities.stdinPrompt ? 'Do it.' : undefined)
    }
  })
})

describe('qwen', () => {
  it('goes round the wrapper when it knows where it is', () => {
    const executable = '/opt/node/lib/node_modules/@qwen-code/qwen-code/cli-entry.js'
    const { file, args } = launch(qwen(), { executable })
    expect([file, ...args.slice(0, 2)]).toEqual([
      'node',
      '--expose-gc',
      '/opt/node/lib/node_modules/@qwen-code/qwen-code/cli.js',
    ])
  })

  it('starts what is installed when that is no such wrapper', () => {
    expect(launch(qwen(), { executable: '/usr/bin/qwen' }).file).toBe('qwen')
  })
})

describe('cursor', () => {
  it('puts a prompt that is too long for an argument into a file', () => {
    const prompt = 'x'.repeat(200_000)
    const plan = launch(cursor(), { prompt })
    expect(plan.files).toEqual({ 'prompt.txt': prompt })
    expect(plan.args.at(-1)).toContain('/work/scratch/prompt.txt')
  })
})

describe('state folders', () => {
  it('follow the variables that move them', () => {
    const env = { HOME: '/home/alice', CODEX_HOME: '/data/codex', QWEN_HOME: 'relative' }
    expect(launch(codex(), { env }).stateDirs).toEqual(['/data/codex', '/home/alice/.codex'])
    expect(launch(qwen(), { env }).stateDirs).toEqual(['/home/alice/.qwen'])
    expect(launch(gemini(), { env: {} }).stateDirs).toEqual([])
  })
})
