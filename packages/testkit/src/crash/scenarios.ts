import { split, test, verdict, writes } from './agent-script.js'

/** A built-in workflow and the agents that play it, always in the same way. */
export interface Scenario {
  readonly name: string
  readonly workflow: string
  /** The script of every agent. */
  readonly script: string
  readonly inputs: Readonly<Record<string, string>>
  /** Agents that forget: what was interrupted starts over instead of continuing in its session. */
  readonly forgetful: readonly string[]
  readonly ends: 'passed' | 'failed'
  /** Steps after which the run waits for a person. */
  readonly pauseAfter: readonly string[]
  /** By step path, files that the person writes before they approve. */
  readonly edits: Readonly<Record<string, Readonly<Record<string, string>>>>
}

type Play = Pick<Scenario, 'workflow' | 'script'> & Partial<Scenario>

const scenario = (play: Play): Scenario => ({
  name: play.workflow,
  inputs: {},
  forgetful: [],
  ends: 'passed',
  pauseAfter: [],
  edits: {},
  ...play,
})

const usage = ', {usage: {input: 100, output: 20, cost_usd: 0.01}}'
/** Wrong when it is done twice, so only agents may do it whose tree goes back to where they began. */
const once = ', {edit: {path: README.md, find: Tiny, replace: Tiny and once}}'

/**
 * Every built-in workflow, played by agents that fail before they succeed: retries, escalation, resets, a merge conflict,
 * reviews that refuse, a run that ends in failure, and two that wait for a person who edits, one of them side by side.
 */
export const scenarios: readonly Scenario[] = [
  scenario({
    workflow: 'freeform',
    script:
      writes('step: work, attempt: 1', 'alpha', 'syntax', usage) +
      writes('step: work', 'alpha', 'works', usage),
  }),
  scenario({
    name: 'freeform-fails',
    workflow: 'freeform',
    script: writes('step: work', 'alpha', 'syntax', usage),
    ends: 'failed',
  }),
  scenario({
    workflow: 'simple',
    script:
      split('decompose') +
      writes('step: code, task: alpha', 'alpha', 'works') +
      writes('step: code, task: beta, attempt: [1, 2]', 'beta', 'syntax') +
      writes('step: code, task: beta', 'beta', 'works'),
  }),
  scenario({
    name: 'simple-paused',
    workflow: 'simple',
    script:
      split('decompose') +
      writes('step: code, task: alpha, attempt: 1', 'alpha', 'syntax') +
      writes('step: code, task: alpha', 'alpha', 'works') +
      writes('step: code, task: beta', 'beta', 'works'),
    pauseAfter: ['decompose', 'code'],
    edits: {
      decompose: { 'NOTES.md': 'Read this first.\n' },
      'decompose/alpha/code': { 'src/alpha.js': 'alpha works, by hand\n', 'HAND.md': 'And this.\n' },
    },
  }),
  scenario({
    workflow: 'tdd',
    script:
      split('decompose', ['alpha']) +
      `- match: {step: red}\n  do: [turn${test('alpha')}]\n` +
      writes('step: green, attempt: [1, 2]', 'alpha', 'broken') +
      writes('step: green', 'alpha', 'works'),
  }),
  scenario({
    workflow: 'cheap2sota',
    script:
      split('decompose', ['alpha']) +
      writes('step: impl, attempt: 1', 'alpha', 'broken', test('alpha')) +
      '- match: {step: impl, attempt: 2}\n  do: [turn]\n  outcome: {crash: 137}\n' +
      writes('step: impl, attempt: [3, 4]', 'alpha', 'broken', test('alpha')) +
      writes('step: impl', 'alpha', 'works', test('alpha') + once),
    forgetful: ['claude', 'qwen'],
  }),
  scenario({
    workflow: 'bugfix',
    script:
      split('diagnose', ['alpha']) +
      `- match: {step: reproduce}\n  do: [turn${test('alpha')}]\n` +
      writes('step: patch, attempt: [1, 2]', 'alpha', 'broken') +
      writes('step: patch', 'alpha', 'works'),
  }),
  scenario({
    workflow: 'refactor',
    script:
      split('decompose', ['alpha']) +
      writes('step: apply, attempt: [1, 2]', 'alpha', 'syntax') +
      writes('step: apply', 'alpha', 'works', once),
    forgetful: ['claude'],
  }),
  scenario({
    workflow: 'parallel-tasks',
    script:
      split('decompose', ['alpha', 'beta'], ['src/both.js']) +
      writes('step: impl, task: alpha', 'alpha', 'works', test('alpha') + both('alpha')) +
      writes('step: impl, task: beta, round: 1, attempt: 1', 'beta', 'broken', test('beta')) +
      writes('step: impl, task: beta', 'beta', 'works', test('beta') + both('beta')),
  }),
  scenario({
    name: 'parallel-tasks-paused',
    workflow: 'parallel-tasks',
    script:
      split('decompose', ['alpha', 'beta'], ['src/both.js']) +
      writes('step: impl, task: alpha', 'alpha', 'works', both('alpha')) +
      writes('step: impl, task: beta, round: 1, attempt: 1', 'beta', 'syntax') +
      writes('step: impl, task: beta', 'beta', 'works', both('beta')),
    pauseAfter: ['impl'],
    edits: {
      'decompose/alpha/impl': { 'src/alpha.js': 'alpha works, by hand\n' },
      'decompose/beta/impl': { 'src/both.js': 'beta was here, by hand\n' },
    },
  }),
  scenario({
    workflow: 'implement-spec',
    script:
      split('decompose', ['alpha']) +
      writes('step: converge', 'alpha', 'works', test('alpha')) +
      `- match: {step: smoke}\n  do: [turn${both('smoke')}]\n` +
      verdict('step: verdict, round: [1, 2, 3]', false, 'no') +
      verdict('step: verdict', true, 'yes'),
  }),
  scenario({
    workflow: 'adversarial-review',
    script:
      split('decompose', ['alpha']) +
      writes('step: impl', 'alpha', 'works', test('alpha')) +
      '- match: {step: correctness}\n  do: [{out: {artifact: "line 1 is wrong"}}]\n' +
      '- match: {step: design}\n  do: [{out: {artifact: "nothing found"}}]\n' +
      verdict('step: arbiter, attempt: 1', false, 'handle zero') +
      verdict('step: arbiter', true, ''),
  }),
  scenario({
    workflow: 'validators/arch-review',
    script: verdict('step: verdict', true, 'fine'),
    inputs: { agent: 'claude-opus', diff: '--- a\n+++ b\n' },
  }),
]

/** An agent that is still at work when its engine dies, for as long as nobody would wait. */
export const slowScenario: Scenario = scenario({
  name: 'freeform-slow',
  workflow: 'freeform',
  script:
    '- match: {step: work, launch: 1}\n' +
    '  do: [turn, {write: {path: src/alpha.js, content: "alpha works\\n"}}, turn, {sleep: 10m}]\n' +
    writes('step: work', 'alpha', 'works'),
})

/** Two tasks that write this file cannot both be merged. */
function both(name: string): string {
  return `, {write: {path: src/both.js, content: "${name} was here\\n"}}`
}

/** @throws RangeError when there is none of this name. */
export function scenarioNamed(name: string): Scenario {
  const found = [...scenarios, slowScenario].find((scenario) => scenario.name === name)
  if (found === undefined) throw new RangeError(`there is no scenario "${name}"`)
  return found
}
