import { escapeControl } from '@gump/errors'
import type { ChangedText } from '../weakening/change.js'
import { isSettingsFile, readSettings } from '../weakening/settings.js'
import { judgeRole } from './judge-file.js'
import { DECLARED_TESTS, isTrivial, readRecipes } from './recipes.js'
import { routeContent } from './routes.js'

/** A change of what decides how work is judged. */
export interface JudgeChange {
  readonly path: string
  /** A short sentence without a full stop. */
  readonly detail: string
  /**
   * - `undone`: the gates run with what was there before.
   * - `changed`: it counts, and is reported.
   * - `emptied`: a recipe that checked something checks nothing now; gates that run it fail.
   */
  readonly effect: 'undone' | 'changed' | 'emptied'
  /** The target whose recipe it is about. */
  readonly target?: string
}

/** What a change did to scripts, recipes and settings that decide what a gate means. */
export function judgeChanges(files: readonly ChangedText[]): readonly JudgeChange[] {
  return files.flatMap((file) => {
    const role = judgeRole(file.path)
    const found = role === 'route' ? route(file) : role === 'recipe' ? recipe(file) : []
    return [...found, ...(role === 'recipe' || found.length > 0 ? [] : settings(file))].map((one) => ({
      ...one,
      path: escapeControl(one.path),
      detail: escapeControl(one.detail),
    }))
  })
}

function route({ path, before, after }: ChangedText): readonly JudgeChange[] {
  const placed = routeContent({ path, base: before, attempt: after })
  if (placed === undefined) return []
  const detail =
    placed === null
      ? 'it is not there while gates run, because it was not when the run began'
      : /\.jsonc?$/.test(path)
        ? `its scripts were changed${changedScripts(before, after)}; gates run with those the run began with`
        : 'gates run with what the run began with'
  return [{ path, detail, effect: 'undone' }]
}

function changedScripts(before: string | null, after: string | null): string {
  const [old, now] = [scripts(before), scripts(after)]
  const names = [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name))
  return names.length === 0 ? '' : ` (${names.slice(0, 5).join(', ')})`
}

function scripts(text: string | null): ReadonlyMap<string, string> {
  const all = [...readSettings('package.json', text)].filter(([key]) => /^(?:scripts|tasks)\./.test(key))
  return new Map(all.map(([key, values]) => [key.replace(/^\w+\./, ''), values.join(' ')]))
}

function recipe({ path, before, after }: ChangedText): readonly JudgeChange[] {
  if (before === null) return []
  const old = readRecipes(path, before)
  const now = readRecipes(path, after ?? '')
  const changes: JudgeChange[] = []
  for (const [target, commands] of old) {
    const current = now.get(target) ?? []
    if (current.join('\n') === commands.join('\n')) continue
    const emptied = !isTrivial(commands) && isTrivial(current)
    changes.push({
      path,
      detail: emptied
        ? `${target === DECLARED_TESTS ? target : `"${target}"`} checks nothing any more`
        : `the recipe of "${target}" was changed`,
      effect: emptied ? 'emptied' : 'changed',
      target,
    })
  }
  if (
    changes.length === 0 &&
    old.size === 0 &&
    before !== after &&
    /gradle|pom\.xml|noxfile|Rakefile/.test(path)
  )
    changes.push({ path, detail: 'the build was changed', effect: 'changed' })
  return changes
}

function settings({ path, before, after }: ChangedText): readonly JudgeChange[] {
  if (
    before === null ||
    before === after ||
    !isSettingsFile(path) ||
    /(?:package|composer)\.json$|Cargo\.toml$/.test(path)
  )
    return []
  const [old, now] = [readSettings(path, before), readSettings(path, after)]
  const relevant = (key: string): boolean =>
    !/pyproject|deno\.json/.test(path) || /^tool\.(?!poetry|uv|hatch|pdm|setuptools)|^(?:test|lint)/.test(key)
  const keys = [...new Set([...old.keys(), ...now.keys()])]
    .filter(relevant)
    .filter((key) => (old.get(key) ?? []).join('\n') !== (now.get(key) ?? []).join('\n'))
  if (keys.length === 0) return []
  const shown = keys.slice(0, 3).join(', ')
  return [
    { path, detail: `settings were changed: ${shown}${keys.length > 3 ? ', …' : ''}`, effect: 'changed' },
  ]
}
