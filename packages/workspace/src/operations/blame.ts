import type { BlamedLine } from '../contract.js'
import { demandGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'

/** The commits of all lines of a file at a commit, in the order of the lines. */
export async function blameLines(
  repository: Repository,
  commit: string,
  path: string,
): Promise<readonly BlamedLine[]> {
  const output = await demandGit(['blame', '--porcelain', commit, '--', path], await repository.bare())
  const lines: BlamedLine[] = []
  let at: { commit: string; originalLine: number } = { commit: '', originalLine: 0 }
  for (const line of output.toString('utf8').split('\n')) {
    if (line.startsWith('\t')) {
      lines.push({ ...at, text: line.slice(1) })
      continue
    }
    const header = /^([0-9a-f]{40,64}) (\d+) \d+(?: \d+)?$/u.exec(line)
    if (header?.[1] !== undefined) at = { commit: header[1], originalLine: Number(header[2]) }
  }
  return lines
}
