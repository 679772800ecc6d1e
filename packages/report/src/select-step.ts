import { GumpError, nearest } from '@gump/errors'
import type { RunReport } from './report.js'

/**
 * Finds the step a person means: its whole path, or the end of it when only one step ends so. `build/<task>/<step>` means
 * the tasks of the only split, unless a step is really called `build`.
 *
 * @throws GumpError `GUMP-R002`, with the candidates in `data`.
 */
export function selectStep(report: RunReport, selector: string): string {
  const paths = report.steps.map((step) => step.path)
  const wanted = selector.trim().replaceAll(/^\/+|\/+$/g, '')
  const exact = paths.find((path) => path === wanted)
  if (exact !== undefined) return exact
  const split = onlySplit(report)
  const aliased =
    wanted.startsWith('build/') && split !== null && !paths.some((path) => path.split('/').includes('build'))
      ? `${split}/${wanted.slice('build/'.length)}`
      : null
  const candidates = paths.filter(
    (path) => path === aliased || (wanted !== '' && path.endsWith(`/${wanted}`)),
  )
  const only = candidates[0]
  if (only !== undefined && candidates.length === 1) return only
  const near = candidates.length > 0 ? candidates : nearest(wanted, paths)
  const shown = near.length > 0 ? near : paths
  throw new GumpError(
    'GUMP-R002',
    candidates.length > 0
      ? `${JSON.stringify(selector)} matches ${candidates.length} steps`
      : `the run has no step ${JSON.stringify(selector)}`,
    {
      data: { selector, candidates: shown },
      remedy: `use one of: ${shown.slice(0, 10).join(', ')}${shown.length > 10 ? ', …' : ''}`,
    },
  )
}

function onlySplit(report: RunReport): string | null {
  const splits = report.steps.filter((step) => step.type === 'split')
  return splits.length === 1 ? (splits[0]?.path ?? null) : null
}
