import { runAlias } from '../commands/run-alias.js'
import type {
  BaseCommand,
  GateContext,
  GateDefinition,
  GateResult,
  JudgedChange,
  ResolvedCommand,
} from '../contract.js'
import { defineGate } from '../define-gate.js'
import { lastName } from '../results/lost-tests.js'
import { readResults } from '../results/read-results.js'
import { describeFailure, nameOf } from '../verdicts/describe-failure.js'
import { judgeTestRun } from '../verdicts/judge-test-run.js'
import { isTestFile } from '../weakening/languages/index.js'
import { changedTests } from '../weakening/changed-tests.js'
import { spliceTests } from '../weakening/splice-tests.js'

const SUPPORT =
  /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|__fixtures__|__snapshots__|fixtures|testdata|testutils?|e2e)\//

/** The change brings tests, and they fail on the sources without it. */
export const failToPass: GateDefinition = defineGate({
  name: 'fail_to_pass',
  summary:
    'passes when the change adds or edits tests that fail without the rest of the change, and pass with it',
  argument: 'none',
  commandAlias: 'test',
  required: true,
  async run(context) {
    const { change } = context
    const files = change === null ? [] : await change.texts()
    const tests = changedTests(files)
    const own = files
      .filter(({ after }) => after !== null)
      .map(({ path }) => path)
      .filter((path) => isTestFile(path) || SUPPORT.test(path))
    if (change === null || (tests.length === 0 && own.length === 0))
      return { status: 'fail', error: 'the change adds or edits no test; write one that fails without it' }
    const contents = Object.fromEntries(
      files.flatMap((file) => {
        const spliced = isTestFile(file.path) ? null : spliceTests(file)
        return spliced === null ? [] : [[file.path, spliced]]
      }),
    )
    const request = { attemptFiles: own, contents }
    const reporting = await context.commands.resolve('test_results')
    // Tests of a kind that cannot be read, such as scripts, are judged as a whole.
    return reporting.status === 'resolved' && tests.length > 0
      ? byName(context, change, reporting, { request, tests })
      : byExit(context, change, request)
  },
})

interface Changed {
  readonly request: Omit<BaseCommand, 'command'>
  readonly tests: readonly string[]
}

async function byName(
  context: GateContext,
  change: JudgedChange,
  reporting: ResolvedCommand,
  { request, tests }: Changed,
): Promise<GateResult> {
  const run = await runAlias(context, 'test_results', true)
  if ('gateResult' in run) return run.gateResult
  const after = readResults(run.result, reporting.runners)
  if (after === null)
    return {
      status: 'fail',
      error: `no test result could be read\n${describeFailure(reporting, run.result)}`,
    }
  const names = new Set(tests.map(lastName))
  const own = [...after].filter(([name]) => isOneOf(lastName(name), names))
  const failing = own.filter(([, status]) => status === 'failed').map(([name]) => name)
  if (failing.length > 0)
    return { status: 'fail', error: `changed tests fail:\n  ${failing.slice(0, 20).join('\n  ')}` }
  const passing = own.filter(([, status]) => status === 'passed').map(([name]) => name)
  if (passing.length === 0)
    return { status: 'fail', error: `the changed tests did not run: ${tests.slice(0, 10).join(', ')}` }
  const atBase = await change.runAtBase({ command: reporting.command, ...request })
  const before = readResults(atBase, reporting.runners)
  // Without any result the tests could not even be loaded there.
  const failed = passing.filter((name) => before?.get(name) !== 'passed')
  if (failed.length === 0 || (before === null && atBase.exitCode === 0))
    return {
      status: 'fail',
      error: `the changed tests pass without the change, too, so they prove nothing about it:\n  ${passing.slice(0, 20).join('\n  ')}`,
    }
  const idle = passing.filter((name) => !failed.includes(name))
  return {
    status: 'pass',
    detail: `${String(failed.length)} changed tests fail without the change and pass with it`,
    warnings: idle.slice(0, 5).map((name) => `the changed test "${name}" passes without the change, too`),
  }
}

/** Names in the source may have places for values: `adds %i`. */
function isOneOf(name: string, names: ReadonlySet<string>): boolean {
  // Cases of a table: `test_a[1-2]`, `TestA/empty`, `case_1`.
  const plain = name
    .replace(/\[.*\]$/, '')
    .replace(/\/.*$/, '')
    .replace(/ \(.*\)$/, '')
    .replace(/ with data set .*$/, '')
  if (names.has(name) || names.has(plain)) return true
  return [...names].some((one) => name.endsWith(` ${one}`) || (/[%$#{]/.test(one) && pattern(one).test(name)))
}

function pattern(name: string): RegExp {
  const parts = name.split(/%[\w%]|\$\{[^}]*\}|\$[\w.]+|#\{[^}]*\}/)
  return new RegExp(
    `^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('[\\s\\S]*')}$`,
  )
}

/** The runner cannot tell tests apart: the exit status of the whole has to do. */
async function byExit(
  context: GateContext,
  change: JudgedChange,
  request: Changed['request'],
): Promise<GateResult> {
  const run = await runAlias(context, 'test', true)
  if ('gateResult' in run) return run.gateResult
  const { command, result } = run
  if (result.exitCode !== 0 || result.timedOut)
    return { status: 'fail', error: describeFailure(command, result), exitCode: result.exitCode }
  const before = judgeTestRun(
    await change.runAtBase({ command: command.command, ...request }),
    command.runners,
  )
  if (before.kind === 'passed')
    return {
      status: 'fail',
      error: `\`${nameOf(command)}\` passes with the changed tests and without the rest of the change, too`,
    }
  const detail = `\`${nameOf(command)}\` fails without the change; its runner cannot tell which tests`
  return { status: 'pass', detail, exitCode: 0 }
}
