import type { Kind } from './kinds.js'
import type { StreamSituation } from './stream-situations.js'
import { VOICES, type Voice } from './voices.js'

/** What programs say that are refused, and what every adapter has to make of it. */
const SAID: readonly (readonly [kind: Kind, name: string, text: string, outcome: object])[] = [
  [
    'quota',
    'a limit with a time on the clock of another place',
    "You've hit your usage limit · resets 4:20am (Europe/Warsaw)",
    { cause: 'quota', kind: 'quota', retryAt: { localTime: '04:20', zone: 'Europe/Warsaw' } },
  ],
  [
    'overload',
    'nobody is let in',
    'The service is temporarily overloaded. Please retry in 90 seconds.',
    { cause: 'quota', kind: 'overload', retryAt: { afterMs: 90_000 } },
  ],
  [
    'credit',
    'nothing is left',
    'Your credit balance is too low. Please add credits.',
    { cause: 'quota', kind: 'credit' },
  ],
  ['sign_in', 'a wrong key', 'Invalid API key. Please run /login.', { cause: 'auth', kind: 'sign_in' }],
  [
    'configuration',
    'a model that nobody knows',
    'The model `x-9` does not exist or you do not have access to it.',
    { cause: 'configuration', kind: 'model' },
  ],
  [
    'network',
    'a refused connection',
    'fetch failed: connect ECONNREFUSED 127.0.0.1:443',
    { kind: 'network' },
  ],
  [
    'context',
    'a prompt that does not fit',
    'Prompt is too long: 210000 tokens > 200000 maximum',
    { cause: 'error', kind: 'context' },
  ],
  [
    'refusal',
    'a policy of the provider',
    'Blocked by our content policy.',
    { cause: 'error', kind: 'refusal' },
  ],
]

/** The bridge of the Agent Client Protocol reads stderr; the others read their stream. */
function said(voice: Voice, text: string): Pick<StreamSituation, 'adapter' | 'lines' | 'exit'> {
  const protocol = voice.adapter.name.startsWith('acp:')
  return { adapter: voice.adapter, lines: voice.fails(text), exit: { stderrTail: protocol ? text : '' } }
}

function situationsOf(voice: Voice): readonly StreamSituation[] {
  const { adapter, works } = voice
  const good = voice.succeeds('It is done.')
  return [
    ...SAID.map(([kind, name, text, outcome]) => ({
      kind,
      name,
      ...said(voice, text),
      outcome: { status: 'failed', ...outcome },
    })),
    {
      kind: 'messages',
      name: 'an error of its own',
      ...said(voice, 'The flux capacitor broke (code 17)'),
      outcome: { status: 'failed', message: expectText('The flux capacitor broke (code 17)') },
    },
    {
      kind: 'dead_session',
      name: 'an unknown session, told on stderr only',
      adapter,
      lines: [],
      exit: { stderrTail: voice.unknownSession },
      outcome: { status: 'failed', sessionRefused: true },
    },
    {
      kind: 'false_success',
      name: 'an error in the place of an answer',
      adapter,
      lines: voice.succeeds('[API Error: 429 rate limit exceeded]'),
      exit: { code: 0 },
      outcome: { status: 'failed', cause: 'quota' },
    },
    {
      kind: 'recovered',
      name: 'something goes wrong before a good end',
      adapter,
      lines: [...good.slice(0, 1), ...voice.stumbles, ...good],
      exit: { code: 0 },
      outcome: { status: 'success' },
    },
    ...(voice.ignoresExit
      ? [
          {
            kind: 'odd_output' as const,
            name: 'a success, and exit code 3',
            adapter,
            lines: good,
            exit: { code: 3 },
            outcome: { status: 'success' },
          },
        ]
      : []),
    ...(voice.tokens
      ? [
          {
            kind: 'counters' as const,
            name: 'tokens that come twice are counted once',
            adapter,
            lines: good,
            exit: { code: 0 },
            outcome: { status: 'success' },
            tokens: [100, 10] as const,
          },
        ]
      : []),
    ...(works === null
      ? []
      : [
          {
            kind: 'silent_tool' as const,
            name: 'it is known to be open',
            adapter,
            lines: works,
            exit: { code: null, signal: 'SIGKILL', killedBy: 'guard' as const },
            outcome: { status: 'failed', cause: 'interrupted' },
            openTools: 1,
          },
        ]),
  ]
}

function expectText(text: string): unknown {
  return { asymmetricMatch: (other: unknown) => typeof other === 'string' && other.includes(text) }
}

/** The same situations with every adapter whose stream can tell of them. */
export const everyAdapter: readonly StreamSituation[] = VOICES.flatMap(situationsOf)
