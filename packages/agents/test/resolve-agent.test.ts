import {
  claude,
  defineAgent,
  pass,
  resolveAgent,
  scripted,
  type AgentAdapter,
  type ResolveOptions,
} from '@gump/agents'
import { isGumpError } from '@gump/errors'
import { describe, expect, it } from 'vitest'

const longer = scripted(undefined, { name: 'claude-next' })
const family: AgentAdapter = {
  ...scripted(undefined, { name: 'acp' }),
  withArgument: (argument) => (argument === '' ? null : scripted(undefined, { name: `acp:${argument}` })),
}
const adapters = [claude(), longer, pass(), family]

function resolved(
  name: string,
  options: ResolveOptions = {},
): readonly [string, string, string | null, string | null] {
  const result = resolveAgent(name, adapters, options)
  if (!result.ok) throw new Error(result.problem.message)
  const { agent } = result
  return [agent.name, agent.adapter.name, agent.suffix, agent.model]
}

describe('resolveAgent', () => {
  it('takes the model from the alias table, and an unknown suffix for a model id', () => {
    expect(resolved('claude')).toEqual(['claude', 'claude', null, null])
    expect(resolved('claude-opus')).toEqual([
      'claude-opus',
      'claude',
      'opus',
      claude().models.aliases['opus'],
    ])
    expect(resolved('claude-my/model:1')).toEqual(['claude-my/model:1', 'claude', 'my/model:1', 'my/model:1'])
  })

  it('lets the longest prefix win', () => {
    expect(resolved('claude-next')[1]).toBe('claude-next')
    expect(resolved('claude-next-x')).toEqual(['claude-next-x', 'claude-next', 'x', 'x'])
    expect(resolved('claude-nextx')).toEqual(['claude-nextx', 'claude', 'nextx', 'nextx'])
  })

  it('follows aliases, then models, and lets the override replace everything but pass', () => {
    const options = { aliases: { 'claude-opus': 'claude-sonnet' }, models: { 'claude-sonnet': 'pinned' } }
    expect(resolved('claude-opus', options)).toEqual(['claude-sonnet', 'claude', 'sonnet', 'pinned'])
    expect(resolved('claude', { override: 'claude-haiku' })[0]).toBe('claude-haiku')
    expect(resolved('pass', { override: 'claude-haiku' })).toEqual(['pass', 'pass', null, null])
  })

  it('makes adapters from arguments', () => {
    expect(resolved('acp:gemini --acp')).toEqual(['acp:gemini --acp', 'acp:gemini --acp', null, null])
    expect(resolveAgent('acp:', adapters)).toMatchObject({ ok: false })
    expect(resolveAgent('claude:x', adapters)).toMatchObject({ ok: false })
  })

  it('suggests the closest name', () => {
    expect(resolveAgent('cluade-opus', adapters)).toMatchObject({
      ok: false,
      problem: { code: 'GUMP-A005', name: 'cluade-opus', suggestion: 'claude-opus' },
    })
    expect(resolveAgent('zzzzzzzzz', adapters)).toMatchObject({ ok: false, problem: { suggestion: null } })
  })

  it('refuses aliases that go round in a circle', () => {
    expect(resolveAgent('a', adapters, { aliases: { a: 'b', b: 'a' } })).toMatchObject({ ok: false })
  })

  it.each(['claude--help', 'claude-a b', 'claude-a\nb', `claude-${'x'.repeat(300)}`])(
    'refuses the model of %j, which would be an argument of the CLI',
    (name) => {
      expect(resolveAgent(name, adapters)).toMatchObject({ ok: false })
    },
  )

  it('takes nothing from the prototype of a table', () => {
    expect(resolved('claude-constructor')[3]).toBe('constructor')
    expect(resolved('claude-opus', { aliases: {}, models: {} })[3]).toBe('claude-opus-5-5')
  })
})

describe('defineAgent', () => {
  it.each(['pass', 'Claude', 'my agent', 'a--b', '', '-a', 'a:'])('refuses the name %j', (name) => {
    try {
      defineAgent({ ...claude(), name })
      expect.unreachable()
    } catch (error) {
      expect(isGumpError(error) && error.code).toBe('GUMP-A004')
    }
  })
})
