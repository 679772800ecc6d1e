import { plural } from '@gump/errors'
import type { ResolvedCommand, UnresolvedCommand } from '../contract.js'
import type { FoundProject } from '../project/found-project.js'
import type { SyntaxCheck } from './ecosystem.js'
import { allOf } from './combine-answers.js'
import { quoteWords } from './quoting.js'

/** A command that does nothing and succeeds. */
const NOTHING = ':'

/**
 * A syntax check of the changed files, for projects that have nothing to compile; null when no project's language has
 * one. Files are those below the project's folder; null: nothing has run yet, so nobody knows which will be changed.
 */
export async function syntaxCheck(
  projects: readonly FoundProject[],
  changedFiles: readonly string[] | null,
  has: (program: string) => Promise<boolean>,
): Promise<ResolvedCommand | UnresolvedCommand | null> {
  const checks = projects.flatMap(({ ecosystem, folder }) =>
    ecosystem.syntax === undefined ? [] : [{ check: ecosystem.syntax, folder }],
  )
  if (checks.length === 0) return null

  const languages = checks.map(({ check }) => check.language)
  const commands: string[] = []
  let files = 0
  for (const { check, folder } of checks) {
    const own = (changedFiles ?? []).filter((path) => isChecked(path, check, folder))
    if (own.length === 0) continue
    const program = await firstPresent(check.programs, has)
    if (program === null) {
      const wanted = check.programs[0] ?? ''
      return {
        status: 'unresolved',
        because: `${check.language} files were changed and ${wanted} is not on PATH`,
        remedy: `install ${wanted}, or set compile = "…" under [gates] in gump.toml`,
      }
    }
    files += own.length
    // A leading `./` keeps names that begin with a hyphen from being options.
    commands.push(check.command(program, await quoteWords(own.map((path) => `./${path}`))))
  }
  const what = `${languages.join(' and ')} has no compile step here`
  return {
    status: 'resolved',
    command: commands.length === 0 ? NOTHING : allOf(commands),
    label: 'syntax check',
    because:
      changedFiles === null
        ? `${what}, so changed files get a syntax check`
        : files === 0
          ? `${what}, so changed files get a syntax check; none of them is changed`
          : `${what}, so the syntax of ${plural(files, 'changed file')} is checked`,
    ecosystem: 'syntax',
    ...(changedFiles !== null && files === 0 ? { nothingToCheck: true } : {}),
  }
}

function isChecked(path: string, check: SyntaxCheck, folder: string): boolean {
  const inside = folder === '' || path.startsWith(`${folder}/`)
  return inside && check.extensions.some((extension) => path.endsWith(extension))
}

async function firstPresent(
  programs: readonly string[],
  has: (program: string) => Promise<boolean>,
): Promise<string | null> {
  for (const program of programs) {
    if (await has(program)) return program
  }
  return null
}
