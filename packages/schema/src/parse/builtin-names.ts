// Written from the definitions of gates and guards by `vitest run packages/testkit/test/builtin-names.test.ts -u`.
import type { GateName, GuardName } from './vocabulary.js'

/** The built-in gates, `validate` aside, which calls a workflow. */
export const builtinGateNames: readonly GateName[] = [
  {
    name: 'bash',
    argument: 'command',
    summary: 'passes when the command exits with 0',
  },
  {
    name: 'compile',
    argument: 'none',
    summary: 'passes when the project compiles, or its changed files parse',
  },
  {
    name: 'coverage',
    argument: 'percentage',
    summary:
      'passes when the measured line coverage is at least N percent; skipped when it cannot be measured',
  },
  {
    name: 'fail_to_pass',
    argument: 'none',
    summary:
      'passes when the change adds or edits tests that fail without the rest of the change, and pass with it',
  },
  {
    name: 'judge_unchanged',
    argument: 'none',
    summary: 'passes when no script, recipe or setting that decides what gates mean was changed',
  },
  {
    name: 'lint',
    argument: 'none',
    summary: 'passes when the linter exits with 0; skipped without one',
  },
  {
    name: 'pass_to_pass',
    argument: 'none',
    summary: 'passes when the tests that passed before the step still run and pass, and none was weakened',
  },
  {
    name: 'schema',
    argument: 'none',
    summary: "passes when a split's tasks are valid: names, descriptions, files, no two names alike",
  },
  {
    name: 'test',
    argument: 'none',
    summary: "passes when the project's tests pass",
  },
  {
    name: 'tests_fail',
    argument: 'none',
    summary: 'passes when the project compiles and a test fails',
  },
  {
    name: 'tests_found',
    argument: 'none',
    summary: 'passes when the test runner lists at least one test',
  },
  {
    name: 'touched',
    argument: 'globs',
    summary: 'passes when some changed file matches a glob',
  },
  {
    name: 'untouched',
    argument: 'globs',
    summary: 'passes when no changed file matches a glob',
  },
]

/** The built-in guards. */
export const builtinGuardNames: readonly GuardName[] = [
  {
    name: 'no_write',
    value: 'switch',
    summary: 'trips when a file outside .gump/out/ is written; on for split, validate and artifact',
  },
  {
    name: 'write',
    value: 'globs',
    summary: 'trips when a file outside these globs is written',
  },
  {
    name: 'max_turns',
    value: 'count',
    summary: 'trips when a turn begins after this many',
  },
  {
    name: 'max_tokens',
    value: 'count',
    summary: 'trips when more tokens than this went in and out',
  },
  {
    name: 'max_budget',
    value: 'usd',
    summary: 'trips when the step has cost more than this many USD',
  },
  {
    name: 'max_time',
    value: 'duration',
    summary: 'trips when the agent has run for this long',
  },
  {
    name: 'max_idle',
    value: 'duration',
    summary: 'trips when nothing was heard for this long while no tool was running; 10m by default',
  },
  {
    name: 'max_tool_time',
    value: 'duration',
    summary: 'trips when a tool has run for this long without any output; 1h by default',
  },
  {
    name: 'loop',
    value: 'count',
    summary: 'trips when the same tool call is made this many times in a row',
  },
]
