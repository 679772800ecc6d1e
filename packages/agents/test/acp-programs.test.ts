import { builtinAgents, claude, resolveAgent } from '@gump/agents'
import { describe, expect, it } from 'vitest'

describe('programs that speak ACP', () => {
  it.each([
    ['goose', 'acp:goose acp'],
    ['cline', 'acp:cline --acp'],
    ['auggie', 'acp:auggie --acp'],
  ])('%s is suggested as %s, which is an agent', (name, suggestion) => {
    expect(resolveAgent(name, builtinAgents())).toMatchObject({ ok: false, problem: { suggestion } })
    expect(resolveAgent(suggestion, builtinAgents())).toMatchObject({ ok: true })
  })

  it('are not suggested where nothing speaks it', () => {
    expect(resolveAgent('goose', [claude()])).toMatchObject({ ok: false, problem: { suggestion: null } })
  })

  it('are not found by names that every object has', () => {
    expect(resolveAgent('constructor', builtinAgents())).toMatchObject({ problem: { suggestion: null } })
  })
})
