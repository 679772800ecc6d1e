import type { ParseContext } from './context.js'
import type { YamlNode } from '../yaml/tree.js'
import { quote } from '../read/describe.js'

/** Why a relative path is not one below its folder, or null when it is. */
export function pathProblem(path: string): string | null {
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'holds a control character'
  if (path.includes('\\')) return 'holds a backslash'
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.startsWith('~')) return 'is not relative'
  return path.split('/').includes('..') ? 'leaves its folder' : null
}

/** Reports a path that does not stay below its folder. */
export function checkPath(cx: ParseContext, node: YamlNode, path: string, what: string): boolean {
  const problem = pathProblem(path)
  if (problem === null) return true
  cx.problems.report('GUMP-W053', node, `${what} ${quote(path)} ${problem}`, {
    expected: 'a relative path without ..',
  })
  return false
}
