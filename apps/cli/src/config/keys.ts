import { spellDuration } from '@gump/errors'
import { defaultSettings as engine } from '@gump/engine/settings'

import { amount, choice, choiceOrList, count, duration, list, price, text, toggle } from './value-kind.js'
import type { ConfigValue, ValueKind } from './value-kind.js'

/**
 * What a repository's `gump.toml` may do with a key. It comes from the author of the repository, so it decides nothing
 * that could hurt the user: which programs run as them, what is written, what leaves the machine, what money is spent.
 *
 * - `anywhere`: set it, for reasons given at each key that has it;
 * - `agent`: set it, but to no agent that is a program (`acp:…`, `command:…`);
 * - `tighten`, `lower`, `raise`: move it away from what the user has in one direction only;
 * - `extend`: add to it; all sources add up;
 * - `user`: nothing, it is an error there;
 * - `ignored`: nothing, Gump skips it with a note, because earlier versions took it.
 */
export type Authority = 'anywhere' | 'agent' | 'tighten' | 'lower' | 'raise' | 'extend' | 'user' | 'ignored'

/** One key of the configuration; `*` in a path stands for a name that the user chooses. */
export interface ConfigKey {
  readonly path: string
  readonly kind: ValueKind
  readonly summary: string
  readonly default?: ConfigValue
  /** What a repository may do with it. Its user may do everything. */
  readonly authority: Authority
  /** The words of a choice that a repository can only `tighten`, from loose to strict. */
  readonly order?: readonly string[]
  /** Set on an older spelling: the path of the key it stands for. */
  readonly means?: string
}

const keyFor =
  (authority: Authority) =>
  (
    path: string,
    kind: ValueKind,
    summary: string,
    more: Partial<Omit<ConfigKey, 'path' | 'kind' | 'summary' | 'authority'>> = {},
  ): ConfigKey => ({ path, kind, summary, authority, ...more })

const key = {
  agent: keyFor('agent'),
  anywhere: keyFor('anywhere'),
  extend: keyFor('extend'),
  ignored: keyFor('ignored'),
  lower: keyFor('lower'),
  raise: keyFor('raise'),
  tighten: keyFor('tighten'),
  user: keyFor('user'),
}

/** From loose to strict; a repository may only move to the right of what its user has. */
const sandboxModes = ['off', 'auto', 'require', 'strict'] as const
const durabilities = ['process', 'power'] as const

/** Every key there is, in the order of the documentation. */
export const configKeys: readonly ConfigKey[] = [
  key.agent('default_agent', text, 'Agent for steps that name none.', { default: engine.defaultAgent }),
  key.anywhere(
    'log_level',
    choice('error', 'warn', 'info', 'debug'),
    'What is said besides results: errors only, warnings too, notes too, or also causes and stack traces.',
    { default: 'info' },
  ),
  key.tighten(
    'durability',
    choice(...durabilities),
    'What a run survives: the death of any process, or also a power cut.',
    { default: engine.durability, order: durabilities },
  ),
  // What gates and the set-up run is the project's own code, and runs as such: without secrets, in the sandbox.
  key.anywhere('gates.compile', text, 'Shell text of the `compile` gate, instead of what is detected.'),
  key.anywhere('gates.test', text, 'Shell text of the `test` gate.'),
  key.anywhere('gates.lint', text, 'Shell text of the `lint` gate.'),
  key.anywhere(
    'gates.coverage',
    text,
    'Shell text of the `coverage` gate; it must print or write a coverage report.',
  ),
  key.anywhere('gates.max_idle', duration, 'How long a command of a gate may print nothing.', {
    default: spellDuration(engine.gateIdleMs),
  }),
  key.lower(
    'logs.max_mb',
    count,
    'Most megabytes of the log of a gate, and of each stream of an agent; of more, beginning and end are kept.',
    { default: engine.maxLogBytes / 2 ** 20 },
  ),
  key.anywhere(
    'gates.tests_found',
    text,
    'Shell text that lists the tests, one per line, for the `tests_found` gate.',
  ),
  key.extend(
    'gates.secret_env',
    list,
    'Names of environment variables (`*` allowed) that hold secrets: gates do not get them, and their values are masked.',
    { default: engine.secretEnv },
  ),
  key.user(
    'gates.pass_env',
    list,
    'Names of such variables (`*` allowed) that gates get anyway, because tests need them.',
    { default: [] },
  ),
  key.anywhere('validation.compile_cmd', text, 'Older spelling of gates.compile.', {
    means: 'gates.compile',
  }),
  key.anywhere('validation.test_cmd', text, 'Older spelling of gates.test.', { means: 'gates.test' }),
  key.anywhere('validation.lint_cmd', text, 'Older spelling of gates.lint.', { means: 'gates.lint' }),
  key.anywhere('validation.coverage_cmd', text, 'Older spelling of gates.coverage.', {
    means: 'gates.coverage',
  }),
  key.lower(
    'budget.max_budget',
    amount,
    'USD a run may cost when neither command line nor workflow says; goes before the budget of a built-in workflow.',
  ),
  key.lower('budget.max_tokens', count, 'Tokens a run may use, in and out.'),
  key.lower('budget.max_timeout', duration, 'Time a run may take.'),
  key.anywhere('error_context.max_error_chars', count, 'Characters of `{error}` that a retry gets.', {
    default: engine.maxErrorChars,
  }),
  key.anywhere('error_context.max_diff_chars', count, 'Characters of `{diff}` that a retry gets.', {
    default: engine.maxDiffChars,
  }),
  key.anywhere('display.verbose', toggle, 'Show turns and their actions.', { default: false }),
  key.ignored(
    'worktree.dir',
    text,
    'Folder for worktrees, relative to the repository; by default `REPOSITORY.gump` beside it, or a folder below `~/gump-worktrees`.',
  ),
  key.anywhere(
    'worktree.setup',
    choiceOrList('auto', 'off'),
    'How a new worktree gets its dependencies: the lockfile’s own install, nothing, or these commands.',
    { default: 'auto' },
  ),
  key.anywhere(
    'worktree.copy',
    list,
    'Ignored files copied into each worktree, such as `.env`; never committed.',
    {
      default: [],
    },
  ),
  key.anywhere(
    'worktree.link',
    list,
    'Ignored folders such as `node_modules` in each worktree: copies that share their blocks where the file system can, so that nothing done there reaches yours; never committed.',
    {
      default: [],
    },
  ),
  key.anywhere('worktree.submodules', toggle, 'Check out submodules in each worktree.', {
    default: false,
  }),
  key.tighten('sandbox.mode', choice(...sandboxModes), 'How agents are walled off.', {
    default: engine.sandbox.mode,
    order: sandboxModes,
  }),
  key.user(
    'sandbox.writable',
    list,
    'Further paths that agents and gates may write to: outside the repository in strict mode, in it in every mode.',
    {
      default: [],
    },
  ),
  key.extend('sandbox.hide', list, 'Paths that agents cannot even read, such as `~/.ssh`.', {
    default: [],
  }),
  key.user(
    'sandbox.sockets',
    list,
    'Sockets, or folders of sockets, that agents and gates may reach, such as `/run/docker.sock`; those of the user are closed otherwise.',
    { default: [] },
  ),
  key.user(
    'sandbox.devices',
    list,
    'Devices that agents and gates see beside the usual ones, such as `/dev/kvm`.',
    { default: [] },
  ),
  key.user(
    'advice.value_usd',
    amount,
    'What a passed task is worth to you, in USD; gump stats recommends ladders of agents by it.',
  ),
  key.user('advice.hour_usd', price, 'What an hour of waiting for a task costs you, in USD.', { default: 0 }),
  key.agent('agents.alias.*', text, 'Another agent to use whenever this one is named.'),
  key.user('agents.*.executable', text, 'Program to start for this agent, instead of the one on PATH.', {}),
  key.user(
    'agents.*.command',
    text,
    'Command line, without a shell, that makes any program the agent `command:NAME`; `{prompt_file}` or `{prompt}`, `{model}` and `{session}` are filled in.',
  ),
  key.user('agents.*.format', choice('text', 'jsonl'), 'What the program of `command` prints.'),
  key.anywhere(
    'agent_end.silence',
    duration,
    'How long an agent that has said how it ended may be silent before it is ended; six times as long after an error that may not be its end.',
    { default: spellDuration(engine.agentEnd.silenceMs) },
  ),
  key.anywhere(
    'agent_end.background',
    duration,
    'The same while work that it has put into the background is open.',
    { default: spellDuration(engine.agentEnd.backgroundMs) },
  ),
  key.anywhere('agents.scripted.script', text, 'Script file that the agent `scripted` plays.'),
  key.anywhere('models.*', text, 'Model id behind an agent name such as `claude-opus`.'),
  key.raise(
    'pricing.*.input',
    price,
    'USD per million input tokens of this model; of `assumed`: of tokens without a price, against limits only.',
  ),
  key.raise('pricing.*.output', price, 'USD per million output tokens.'),
  key.raise('pricing.*.cache_read', price, 'USD per million tokens read from the cache.'),
  key.raise('pricing.*.cache_write', price, 'USD per million tokens written to the cache.'),
  // None of them is loaded before its user has said yes to it, see gump trust.
  key.extend(
    'plugins.packages',
    list,
    'Packages with further agents, gates and guards; loaded for runs only.',
    {
      default: [],
    },
  ),
  key.user(
    'otel.endpoint',
    text,
    'Base URL of an OTLP/HTTP collector that gets a trace of each run; OTEL_EXPORTER_OTLP_ENDPOINT does the same.',
  ),
  key.lower(
    'parallel.jobs',
    count,
    'Agents and branches at once, whatever a workflow asks for; by default what it asks for, or the number of cores, at most 4.',
  ),
]
