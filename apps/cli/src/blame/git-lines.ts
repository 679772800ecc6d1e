import { execFile } from 'node:child_process'

import { GumpError } from '@gump/errors'
import { readingEnvironment } from '@gump/workspace'

/** One line of a file and the commit that wrote it. */
export interface BlamedLine {
  readonly line: number
  readonly commit: string
  readonly author: string
  readonly text: string
}

/** Who wrote each line, as git sees it in HEAD. */
export async function blameLines(
  root: string,
  path: string,
  line: number | null,
): Promise<readonly BlamedLine[]> {
  const range = line === null ? [] : ['-L', `${line},${line}`]
  const output = await git(root, ['blame', '--line-porcelain', '--no-textconv', ...range, 'HEAD', '--', path])
  const found: BlamedLine[] = []
  let commit = ''
  let number = 0
  let author = ''
  for (const row of output.split('\n')) {
    const head = /^([0-9a-f]{40,64}) \d+ (\d+)/u.exec(row)
    if (row.startsWith('\t')) found.push({ line: number, commit, author, text: row.slice(1) })
    else if (head !== null) {
      commit = head[1] ?? ''
      number = Number(head[2])
    } else if (row.startsWith('author ')) author = row.slice('author '.length)
  }
  return found
}

/** The `Gump-…` trailers of commits. */
export async function readTrailers(
  root: string,
  commits: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  if (commits.length === 0) return new Map()
  const format = '--format=%x00%H%n%(trailers:only=true,unfold=true)'
  const output = await git(root, ['log', '--no-walk=unsorted', format, ...commits, '--'])
  return new Map(
    output
      .split('\0')
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const [commit = '', ...lines] = part.split('\n')
        const trailers = lines
          .map((row) => /^(Gump-[A-Za-z-]+): (.*)$/u.exec(row))
          .filter((row) => row !== null)
        return [commit, Object.fromEntries(trailers.map(([, key = '', value = '']) => [key, value]))]
      }),
  )
}

function git(cwd: string, args: readonly string[]): Promise<string> {
  const env = readingEnvironment(process.env)
  return new Promise((resolve, reject) => {
    execFile('git', [...args], { cwd, env, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else {
        const message = stderr.trim().replace(/^fatal: /u, '') || error.message
        reject(
          new GumpError('GUMP-C005', message, {
            remedy: 'Name a file that is tracked in HEAD, and a line it has.',
          }),
        )
      }
    })
  })
}
