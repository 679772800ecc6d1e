import type { GateCommandResult } from '../contract.js'
import { plainText } from '../text/plain-text.js'

const LAST_LINES = 25

/** Why a command says nothing about the change, because something that it needs is not there; null when it ran. */
export function couldNotRun(
  result: Pick<GateCommandResult, 'exitCode' | 'timedOut' | 'output'>,
): { readonly reason: string; readonly program: string | null } | null {
  const { exitCode } = result
  if (exitCode === 0 || exitCode === null || result.timedOut) return null
  const end = plainText(result.output).trimEnd().split('\n').slice(-LAST_LINES).join('\n')
  const named = programIn(end)
  if (exitCode === 127 || throughOthers(end, 127)) {
    return { reason: `${named ?? 'a program'} was not found`, program: named }
  }
  if (exitCode === 126 || throughOthers(end, 126)) {
    return { reason: `${named ?? 'a program'} could not be executed`, program: named }
  }
  const module = /^\S*python[\d.]*: No module named (\w+)\b/m.exec(end)?.[1]
  return module === undefined ? null : { reason: `${module} is not installed`, program: module }
}

/** make, package managers and others end with a code of their own and tell what their command ended with. */
function throughOthers(end: string, code: number): boolean {
  return new RegExp(
    `^(?:g?make(?:\\[\\d+\\])?: \\*\\*\\* .* Error ${code}|npm (?:error|ERR!) code ${code}|\\s*ELIFECYCLE .* exit code ${code}\\.|error: (?:script "[^"\\n]*" exited with code|Recipe \`[^\`\\n]*\` failed .*exit code) ${code}|.*Exit status ${code})\\s*$`,
    'm',
  ).test(end)
}

function programIn(end: string): string | null {
  const found =
    /^(?:(?:\/\S*\/)?(?:ba|da)?sh: )?(?:line )?\d*:? ?(?:\d+: )?([\w@./+-]+): (?:command )?not found$/m.exec(
      end,
    ) ??
    /^(?:\/\S*\/)?(?:ba|da)?sh: (?:line )?\d+: ([\w@./+-]+): (?:command not found|not found|Permission denied|cannot execute.*)$/m.exec(
      end,
    ) ??
    /^g?make(?:\[\d+\])?: ([\w@./+-]+): (?:No such file or directory|Permission denied)$/m.exec(end)
  return found?.[1] ?? null
}
