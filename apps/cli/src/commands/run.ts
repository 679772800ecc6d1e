import { Args, Flags } from '@oclif/core'

import { BaseCommand } from '../base-command.js'

export class Run extends BaseCommand {
  static override summary = 'Run a workflow on a spec.'
  static override description = `Agents work in a worktree of their own; your checkout is not touched until gump apply.

Exit codes: 0 passed, 1 failed, 2 refused before anything was started, 3 paused for a person, 4 a limit was exceeded, 130 interrupted.`
  static override usage = [
    'run WORKFLOW [SPEC | --spec FILE] [FLAGS]',
    'run SPEC --workflow WORKFLOW [FLAGS]',
    'run --resume [--run RUN] [--approve | --reject NOTE] [--take-over] [FLAGS]',
    'run [SPEC] [--workflow WORKFLOW] --replay --from-step STEP [--run RUN] [FLAGS]',
  ]
  static override examples = [
    '<%= config.bin %> run tdd --spec spec.md',
    '<%= config.bin %> run spec.md --workflow tdd',
    {
      description: 'See what would happen, without creating anything:',
      command: '<%= config.bin %> run tdd --spec spec.md --dry-run',
    },
    {
      description: 'Use one agent for every step:',
      command: '<%= config.bin %> run tdd --spec spec.md --agent codex',
    },
    {
      description: 'See how that run would end with today’s gates and retries; costs nothing:',
      command: '<%= config.bin %> run tdd --spec spec.md --agent replay:latest',
    },
    {
      description: 'Give inputs; @ reads a file:',
      command:
        '<%= config.bin %> run validators/arch-review --set diff=@change.patch --set agent=claude-opus',
    },
    {
      description: 'Continue after a failure, a pause or an interruption:',
      command: '<%= config.bin %> run --resume',
    },
    {
      description: 'Repeat the last steps of a run with another agent:',
      command: '<%= config.bin %> run --replay --from-step quality --agent codex',
    },
    {
      description: 'Answer a paused run:',
      command: '<%= config.bin %> run --resume --reject "the error message is missing"',
    },
  ]
  static override args = {
    workflow: Args.string({ description: 'The workflow, by name or path; with --workflow, the spec.' }),
    spec: Args.string({ description: 'The spec file, unless --spec names it.' }),
  }
  static override flags = {
    spec: Flags.string({ summary: 'Markdown file that says what to build.', helpValue: 'FILE' }),
    workflow: Flags.string({
      char: 'w',
      summary: 'Workflow by name or path.',
      helpValue: 'WORKFLOW',
      aliases: ['recipe'],
    }),
    'dry-run': Flags.boolean({ summary: 'Validate everything and print the plan; create nothing.' }),
    set: Flags.string({
      summary: 'Value of an input; NAME=@FILE reads a file. May be repeated.',
      helpValue: 'NAME=VALUE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    agent: Flags.string({
      summary:
        'Agent for every step; scripted:FILE plays a script, replay:RUN what the agents of that run did.',
      helpValue: 'AGENT',
    }),
    jobs: Flags.integer({
      summary: 'How many agents and parallel branches may run at once.',
      min: 1,
      helpValue: 'N',
    }),
    'max-budget': Flags.string({ summary: 'How much the run may cost, in USD.', helpValue: 'USD' }),
    'max-tokens': Flags.integer({
      summary: 'How many tokens the run may use, in and out.',
      min: 1,
      helpValue: 'N',
    }),
    'max-timeout': Flags.string({
      summary: 'How long the run may take, such as 1h30m.',
      helpValue: 'DURATION',
    }),
    'pause-after': Flags.string({
      summary: 'Pause for a person after this step. May be repeated.',
      helpValue: 'STEP',
      multiple: true,
      multipleNonGreedy: true,
    }),
    sandbox: Flags.string({
      summary: 'How agents are walled off.',
      options: ['auto', 'require', 'strict', 'off'],
    }),
    'allow-dirty': Flags.boolean({
      summary: 'Start although tracked files have changes; agents will not see them.',
    }),
    'allow-unpriced': Flags.boolean({
      summary: 'No longer has an effect: usage without a price counts against budgets at an assumed price.',
    }),
    park: Flags.boolean({
      summary: 'Wait when a provider’s quota is used up, or when it cannot be reached.',
      default: true,
      allowNo: true,
    }),
    resume: Flags.boolean({ summary: 'Resume a run instead of starting one.' }),
    replay: Flags.boolean({
      summary: 'Start a new run with the history of an old one up to --from-step, and repeat the rest.',
      exclusive: ['resume'],
    }),
    'from-step': Flags.string({
      summary: 'The first step to repeat; the end of its path is enough.',
      helpValue: 'STEP',
      dependsOn: ['replay'],
    }),
    run: Flags.string({
      summary: 'The run to resume or replay: id, alias, prefix or latest.',
      helpValue: 'RUN',
      aliases: ['cook'],
    }),
    approve: Flags.boolean({
      summary: 'Let a paused run continue.',
      dependsOn: ['resume'],
      exclusive: ['reject'],
    }),
    reject: Flags.string({
      summary: 'Repeat a paused step, with this note.',
      helpValue: 'NOTE',
      dependsOn: ['resume'],
    }),
    'take-over': Flags.boolean({
      summary: 'Resume although the owner of the run cannot be checked.',
      dependsOn: ['resume'],
    }),
    verbose: Flags.boolean({ char: 'v', summary: 'Show turns and their actions.', exclusive: ['quiet'] }),
    quiet: Flags.boolean({ char: 'q', summary: 'Print only the end.' }),
    detach: Flags.boolean({
      summary: 'Run in the background; gump logs -f follows.',
      exclusive: ['dry-run', 'json', 'quiet', 'verbose'],
    }),
    json: Flags.boolean({ summary: 'Print the ledger’s events as NDJSON; with --dry-run, the plan.' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Run)
    const { runCommand } = await import('../actions/run.js')
    await this.act((context) =>
      runCommand(context, {
        target: args.workflow,
        second: args.spec,
        spec: flags.spec,
        workflow: flags.workflow,
        dryRun: flags['dry-run'],
        set: flags.set ?? [],
        agent: flags.agent,
        jobs: flags.jobs,
        maxBudget: flags['max-budget'],
        maxTokens: flags['max-tokens'],
        maxTimeout: flags['max-timeout'],
        pauseAfter: flags['pause-after'] ?? [],
        sandbox: flags.sandbox,
        allowDirty: flags['allow-dirty'],
        allowUnpriced: flags['allow-unpriced'],
        park: flags.park,
        resume: flags.resume,
        replay: flags.replay,
        fromStep: flags['from-step'],
        run: flags.run,
        approve: flags.approve,
        reject: flags.reject,
        takeOver: flags['take-over'],
        verbose: flags.verbose,
        quiet: flags.quiet,
        json: flags.json,
        detach: flags.detach,
      }),
    )
  }
}
