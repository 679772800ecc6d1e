import type {
  CommandResolver,
  GateCommand,
  GateCommandResult,
  GateContext,
  GateResult,
  ResolvedCommand,
} from '../contract.js'

/** One situation that a gate is put into, and what it must say. */
export interface GateFixture {
  readonly name: string
  /** What differs from a plain attempt of a code step without changes. */
  readonly context?: Partial<Omit<GateContext, 'shell' | 'commands' | 'signal' | 'gate'>>
  /** Alias → command; what is not here cannot be resolved. */
  readonly commands?: Readonly<Record<string, string | ResolvedCommand>>
  /** How commands end; by default with exit status 0 and no output. */
  readonly shell?: (command: string) => Partial<GateCommandResult>
  readonly expected: GateResult['status']
}

/** What {@link gateConformance} works with. */
export interface GateHarness {
  /** An existing folder that stands for the worktree. */
  readonly cwd: string
  /** At least one that passes and one that does not. */
  readonly fixtures: readonly GateFixture[]
}

const SUCCESS: GateCommandResult = {
  exitCode: 0,
  signal: null,
  timedOut: false,
  durationMs: 1,
  excerpt: '',
  output: '',
}

/** What a gate did while it ran. */
export interface GateRun {
  readonly result: GateResult
  readonly commands: readonly GateCommand[]
}

/** A gate under test. */
export interface GateSubject {
  readonly name: string
  readonly run: (context: GateContext) => Promise<GateResult>
}

/** Runs a gate in a fixture's situation; `change` adapts its context, which is then frozen deeply. */
export async function runFixture(
  { name: gate, run }: GateSubject,
  harness: GateHarness,
  fixture: GateFixture,
  change: Partial<GateContext> = {},
): Promise<GateRun> {
  const commands: GateCommand[] = []
  const context: GateContext = {
    cwd: harness.cwd,
    gate,
    argument: null,
    argumentEnv: {},
    step: { path: 'build/impl', type: 'code' },
    files: [],
    change: null,
    output: null,
    shell: {
      async run(command) {
        commands.push(command)
        const result = { ...SUCCESS, ...fixture.shell?.(command.command) }
        return { ...result, excerpt: result.excerpt === '' ? result.output.slice(0, 2000) : result.excerpt }
      },
    },
    commands: resolverOf(fixture),
    signal: new AbortController().signal,
    ...fixture.context,
    ...change,
  }
  freeze(context.files)
  freeze(context.argument)
  freeze(context.argumentEnv)
  freeze(context.step)
  return { result: await run(Object.freeze(context)), commands }
}

/** Resolves nothing. */
export const nothingResolved: CommandResolver = {
  resolve: async (alias) => ({
    status: 'unresolved',
    because: `nothing offers ${alias}`,
    remedy: `configure ${alias}`,
  }),
}

function resolverOf(fixture: GateFixture): CommandResolver {
  const { commands = {} } = fixture
  return {
    async resolve(alias) {
      const command = Object.hasOwn(commands, alias) ? commands[alias] : undefined
      if (command === undefined) return nothingResolved.resolve(alias)
      return typeof command === 'string'
        ? { status: 'resolved', command, because: 'the fixture says so', ecosystem: 'fixture' }
        : command
    },
  }
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
}
