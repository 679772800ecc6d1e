import {
  createNormalizedParser,
  defineAgent,
  encodeOutcome,
  type AgentAdapter,
  type AgentParser,
} from '@gump/agents'
import { agentConformance, type AgentFixture } from '@gump/agents/conformance'
import { describe, expect, it } from 'vitest'

const good: AgentAdapter = defineAgent({
  name: 'example',
  displayName: 'Example',
  models: { aliases: {}, default: null },
  capabilities: {
    resume: false,
    maxTurns: false,
    nativeCost: false,
    usage: 'none',
    structuredOutput: false,
    stdinPrompt: true,
  },
  detection: null,
  launch: (request) => ({
    kind: 'process',
    file: 'example',
    args: request.model === null ? [] : ['--model', request.model],
    env: {},
    stdin: request.prompt,
    stateDirs: [],
  }),
  createParser: createNormalizedParser,
})

const fixture: AgentFixture = {
  name: 'example',
  stdout: new TextEncoder().encode(
    [
      '{"type":"session","sessionId":"s"}',
      '{"type":"turn_started"}',
      '{"type":"tool_started","id":"1","tool":"w","kind":"write","path":"a"}',
      '{"type":"tool_finished","id":"1","ok":true}',
      encodeOutcome({ status: 'success' }),
    ].join('\n'),
  ),
  expected: {
    about: '',
    exit: { code: 0, signal: null, stderrTail: '' },
    outcome: 'success',
    session: 's',
    turns: 1,
    tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    tokensScope: 'launch',
    costScope: 'launch',
    writes: ['a'],
    sessionRefused: false,
  },
}

function failures(adapter: AgentAdapter, fixtures: readonly AgentFixture[] = [fixture]): readonly string[] {
  return agentConformance(adapter, fixtures)
    .filter(({ name }) => !name.includes('50 MB'))
    .flatMap(({ name, run }) => {
      try {
        run()
        return []
      } catch {
        return [name]
      }
    })
}

function withParser(wrap: (parser: AgentParser) => AgentParser): AgentAdapter {
  return { ...good, createParser: () => wrap(good.createParser()) }
}

describe('agentConformance', () => {
  it('finds nothing wrong with an adapter that conforms', () => {
    expect(failures(good)).toEqual([])
  })

  it('finds an adapter that believes the exit code', () => {
    const adapter = withParser((parser) => ({
      push: (line) => parser.push(line),
      end: (exit) => (exit.code === 0 ? { status: 'success', turns: 0 } : parser.end(exit)),
    }))
    expect(failures(adapter)).toEqual(
      expect.arrayContaining(['takes silence for a failure', 'example: cut anywhere, it is no success']),
    )
  })

  it('finds an adapter that throws at a line it does not know', () => {
    const adapter = withParser((parser) => ({
      push: (line) => {
        JSON.parse(line)
        return parser.push(line)
      },
      end: (exit) => parser.end(exit),
    }))
    expect(failures(adapter)).toEqual(
      expect.arrayContaining([
        'example: unknown events change nothing',
        'example: blank lines change nothing',
      ]),
    )
  })

  it('finds an adapter that loses turns, writes or the session', () => {
    for (const lost of ['turn_started', 'tool_started', 'session']) {
      const adapter = withParser((parser) => ({
        push: (line) => (line.includes(lost) ? [] : parser.push(line)),
        end: (exit) => parser.end(exit),
      }))
      expect(failures(adapter)).toContain('example: outcome, session, turns, tokens, cost and writes')
    }
  })

  it('finds an adapter that forgets its last word when its program hangs', () => {
    const hung = 'example: its last word counts when it hangs'
    const silent = withParser((parser) => ({
      ...parser,
      standing: () => ({ lastWord: 'none', background: 0 }),
    }))
    const forgetful = withParser((parser) => ({
      ...parser,
      end: (exit) =>
        exit.killedBy === undefined
          ? parser.end(exit)
          : { status: 'failed', cause: 'interrupted', message: 'killed', turns: 0 },
    }))
    expect(failures(silent)).toContain(hung)
    expect(failures(forgetful)).toContain(hung)
  })

  it('finds a launch that is impure, leaks the environment or drops the prompt', () => {
    let n = 0
    const plan = good.launch
    const cases: readonly [string, AgentAdapter['launch']][] = [
      [
        'describes launches as plain data, from the request alone',
        (r) => ({ ...plan(r), file: `x${(n += 1)}` }),
      ],
      [
        'describes launches as plain data, from the request alone',
        (r) => ({ ...plan(r), env: { KEY: r.env['SOME_API_KEY'] ?? '' } }),
      ],
      [
        'hands over prompts of any length and content',
        (r) => ({ ...plan(r), stdin: r.prompt.slice(0, 100) }),
      ],
      ['hands over prompts of any length and content', (r) => ({ ...plan(r), args: [r.prompt] })],
      ['hands over model and session', (r) => plan({ ...r, model: null })],
    ]
    for (const [name, launch] of cases) expect(failures({ ...good, launch })).toContain(name)
  })

  it('wants a recorded success', () => {
    expect(failures(good, [])).toContain('has a recorded success among its fixtures')
  })
})
