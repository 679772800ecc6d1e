import { amount, choice, choiceOrList, count, duration, list, price, text, toggle } from './value-kind.js'
import type { ConfigValue, ValueKind } from './value-kind.js'

/** One key of the configuration; `*` in a path stands for a name that the user chooses. */
export interface ConfigKey {
  readonly path: string
  readonly kind: ValueKind
  readonly summary: string
  readonly default?: ConfigValue
  /**
   * `anywhere`: project, user and environment, the usual precedence. `user`: never a repository. `tighten`: a
   * repository can only make it stricter. `extend`: all sources add up.
   */
  readonly authority: 'anywhere' | 'user' | 'tighten' | 'extend'
  /** Set on an older spelling: the path of the key it stands for. */
  readonly means?: string
}

const key = (
  path: string,
  kind: ValueKind,
  summary: string,
  more: Partial<Pick<ConfigKey, 'default' | 'authority' | 'means'>> = {},
): ConfigKey => ({ path, kind, summary, authority: 'anywhere', ...more })

/** From loose to strict; a repository may only move to the right of what its user has. */
export const sandboxModes = ['off', 'auto', 'require', 'strict'] as const

/** Every key there is, in the order of the documentation. */
export const configKeys: readonly ConfigKey[] = [
  key('default_agent', text, 'Agent for steps that name none.', { default: 'claude-sonnet' }),
  key(
    'log_level',
    choice('error', 'warn', 'info', 'debug'),
    'What is said besides results: errors only, warnings too, notes too, or also causes and stack traces.',
    { default: 'info' },
  ),
  key(
    'durability',
    choice('process', 'power'),
    'What a run survives: the death of any process, or also a power cut.',
    { default: 'process' },
  ),
  key('gates.compile', text, 'Shell text of the `compile` gate, instead of what is detected.'),
  key('gates.test', text, 'Shell text of the `test` gate.'),
  key('gates.lint', text, 'Shell text of the `lint` gate.'),
  key('gates.coverage', text, 'Shell text of the `coverage` gate; it must print or write a coverage report.'),
  key(
    'gates.tests_found',
    text,
    'Shell text that lists the tests, one per line, for the `tests_found` gate.',
  ),
  key('gates.secret_env', list, 'Names of environment variables (`*` allowed) that gates never see.', {
    default: ['*_API_KEY', '*_TOKEN'],
    authority: 'extend',
  }),
  key('validation.compile_cmd', text, 'Older spelling of gates.compile.', { means: 'gates.compile' }),
  key('validation.test_cmd', text, 'Older spelling of gates.test.', { means: 'gates.test' }),
  key('validation.lint_cmd', text, 'Older spelling of gates.lint.', { means: 'gates.lint' }),
  key('validation.coverage_cmd', text, 'Older spelling of gates.coverage.', { means: 'gates.coverage' }),
  key(
    'budget.max_budget',
    amount,
    'USD a run may cost when neither command line nor workflow says; goes before the budget of a built-in workflow.',
  ),
  key('budget.max_tokens', count, 'Tokens a run may use, in and out.'),
  key('budget.max_timeout', duration, 'Time a run may take.'),
  key('error_context.max_error_chars', count, 'Characters of `{error}` that a retry gets.', {
    default: 2000,
  }),
  key('error_context.max_diff_chars', count, 'Characters of `{diff}` that a retry gets.', { default: 3000 }),
  key('display.verbose', toggle, 'Show turns and their actions.', { default: false }),
  key('worktree.dir', text, 'Folder for worktrees, relative to the repository.', {
    default: '.gump/worktrees',
  }),
  key(
    'worktree.setup',
    choiceOrList('auto', 'off'),
    'How a new worktree gets its dependencies: the lockfile’s own install, nothing, or these commands.',
    { default: 'auto' },
  ),
  key('worktree.copy', list, 'Ignored files copied into each worktree, such as `.env`; never committed.', {
    default: [],
  }),
  key(
    'worktree.link',
    list,
    'Ignored folders such as `node_modules` in each worktree: copies that share their blocks where the file system can, so that nothing done there reaches yours; never committed.',
    {
      default: [],
    },
  ),
  key('worktree.submodules', toggle, 'Check out submodules in each worktree.', { default: false }),
  key('sandbox.mode', choice(...sandboxModes), 'How agents are walled off.', {
    default: 'auto',
    authority: 'tighten',
  }),
  key(
    'sandbox.writable',
    list,
    'Further paths that agents and gates may write to: outside the repository in strict mode, in it in every mode.',
    {
      default: [],
      authority: 'user',
    },
  ),
  key('sandbox.hide', list, 'Paths that agents can not even read, such as `~/.ssh`.', {
    default: [],
    authority: 'extend',
  }),
  key('agents.alias.*', text, 'Another agent to use whenever this one is named.'),
  key('agents.*.executable', text, 'Program to start for this agent, instead of the one on PATH.', {
    authority: 'user',
  }),
  key(
    'agents.*.command',
    text,
    'Command line, without a shell, that makes any program the agent `command:NAME`; `{prompt_file}`, `{model}` and `{session}` are filled in.',
    { authority: 'user' },
  ),
  key('agents.*.format', choice('text', 'jsonl'), 'What the program of `command` prints.'),
  key('agents.scripted.script', text, 'Script file that the agent `scripted` plays.'),
  key('models.*', text, 'Model id behind an agent name such as `claude-opus`.'),
  key('pricing.*.input', price, 'USD per million input tokens of this model.'),
  key('pricing.*.output', price, 'USD per million output tokens.'),
  key('pricing.*.cache_read', price, 'USD per million tokens read from the cache.'),
  key('pricing.*.cache_write', price, 'USD per million tokens written to the cache.'),
  key('plugins.packages', list, 'Packages with further agents, gates and guards; loaded for runs only.', {
    default: [],
    authority: 'extend',
  }),
  key(
    'otel.endpoint',
    text,
    'Base URL of an OTLP/HTTP collector that gets a trace of each run; OTEL_EXPORTER_OTLP_ENDPOINT does the same.',
    { authority: 'user' },
  ),
  key(
    'parallel.jobs',
    count,
    'Agents and branches at once, whatever a workflow asks for; by default what it asks for, or the number of cores, at most 4.',
  ),
]
