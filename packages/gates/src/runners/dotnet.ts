import { insertAfter, notRun, occurrences, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('dotnet test')

/** `dotnet test`, both the classic and the .NET 9 terminal summaries. */
export const dotnet: TestRunner = {
  name: 'dotnet test',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, '--list-tests'),
  count({ output, exitCode }) {
    const at = output.indexOf('The following Tests are available:')
    if (at === -1) return exitCode === 0 ? 0 : null
    return occurrences(output.slice(at), /^ {4}\S.*$/gm)
  },
  judge({ output }) {
    if (/: error (?:CS|FS|BC|NU|MSB)\d+:|^Build FAILED\.$/m.test(output))
      return notRun('the project did not build')
    const failed =
      sum(output, /^\s*Failed!\s+-\s+Failed:\s+(\d+)/gm) ??
      sum(output, /^Test summary: .*?failed: (\d+)/gm) ??
      sum(output, /^\s+Failed:\s+(\d+)$/gm)
    if (failed !== null && failed > 0) return testsFailed(failed)
    return /No test is available in/.test(output) ? notRun('no tests were found') : null
  },
}
