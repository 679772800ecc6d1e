import type { AgentAdapter, LaunchPlan, LaunchRequest } from '../contract.js'
import { expectEqual, expectThat } from './expect.js'

const CANARY = 'canary-6f1d3b'
// One argument of more than 128 KiB is refused by Linux; MAX_ARG_STRLEN.
const MAX_ARGUMENT_BYTES = 128 * 1024 - 1

/** A request with everything set, for checks of launch plans. */
export function sampleRequest(overrides: Partial<LaunchRequest> = {}): LaunchRequest {
  return {
    prompt: 'Do it.',
    model: 'some-model',
    sessionId: null,
    cwd: '/work/tree',
    limits: { maxTurns: 7, maxBudgetUsd: 1.5, maxTimeMs: 60_000 },
    scratchDir: '/work/scratch',
    sandbox: 'enforced',
    env: { HOME: '/home/alice', PATH: '/usr/bin', SOME_API_KEY: CANARY },
    isRoot: false,
    position: {
      step: 'impl',
      path: 'impl',
      task: null,
      agent: 'agent',
      round: 1,
      attempt: 1,
      launch: 1,
      type: 'code',
    },
    ...overrides,
  }
}

/** Throws unless launch plans are plain data that depend on the request alone and copy nothing from the environment. */
export function checkLaunchIsPure(adapter: AgentAdapter): void {
  for (const request of variants()) {
    const plan = adapter.launch(request)
    expectEqual(JSON.parse(JSON.stringify(plan)), plan, 'the launch plan, as JSON')
    expectEqual(adapter.launch(structuredClone(request)), plan, 'the launch plan of an equal request')
    expectThat(!JSON.stringify(plan).includes(CANARY), 'the launch plan copies a value of the environment')
  }
}

/** Throws unless a prompt of any length and content reaches the agent whole and is never taken for an option. */
export function checkPrompts(adapter: AgentAdapter): void {
  const long = `${'long prompt '.repeat(40_000)}the end`
  for (const prompt of [
    'plain',
    '--no-such-option',
    '-zz',
    '"quotes" $(x) `y` \\ \n\n end',
    'ünïcödé 漢字',
    long,
  ]) {
    const plan = adapter.launch(sampleRequest({ prompt }))
    if (plan.kind !== 'process') continue
    for (const argument of [plan.file, ...plan.args]) {
      expectThat(
        Buffer.byteLength(argument) <= MAX_ARGUMENT_BYTES,
        'an argument is longer than the system takes',
      )
      expectThat(!argument.includes('\0'), 'an argument holds a NUL')
    }
    expectThat(
      carriesPrompt(plan, prompt),
      `the prompt ${JSON.stringify(prompt.slice(0, 20))} is not handed over`,
    )
    expectThat(
      !prompt.startsWith('-') || !plan.args.includes(prompt) || plan.args.includes('--'),
      'a prompt that looks like an option stands among the arguments',
    )
  }
}

/** Throws unless model and session are handed over, as far as the adapter's capabilities go. */
export function checkModelAndSession(adapter: AgentAdapter): void {
  const plan = adapter.launch(sampleRequest({ sessionId: 'session-77' }))
  if (plan.kind !== 'process') return
  const said = JSON.stringify(plan)
  expectThat(said.includes('some-model'), 'the model is not handed over')
  expectEqual(said.includes('session-77'), adapter.capabilities.resume, 'the session is handed over')
  for (const folder of [...plan.stateDirs, ...(plan.stateFiles ?? [])])
    expectThat(folder.startsWith('/'), `${folder} is not absolute`)
}

function variants(): readonly LaunchRequest[] {
  return [
    sampleRequest(),
    sampleRequest({ model: null, limits: {}, env: {} }),
    sampleRequest({ sessionId: 'session-77', sandbox: 'detected' }),
    sampleRequest({ isRoot: true }),
    sampleRequest({ isRoot: true, sandbox: 'detected' }),
  ]
}

function carriesPrompt(plan: Extract<LaunchPlan, { kind: 'process' }>, prompt: string): boolean {
  const files = Object.values(plan.files ?? {})
  return [plan.stdin ?? '', ...plan.args, ...files].some((text) => text.includes(prompt))
}
