import type { Diagnostic } from '@gump/errors'
import type { ContentFilters } from '@gump/workspace'
import { gateEnvironment } from '../shell/environment.js'
import type { Setup } from './setup.js'

/**
 * Reads the content filters that a commit uses, as the user has configured them; their drivers see what gates see. They
 * have to be there before anything is created.
 *
 * @throws GumpError `GUMP-P011` when one that is required cannot run.
 */
export function readFilters(setup: Setup, commit: string): Promise<ContentFilters> {
  return setup.workspace.contentFilters({ commit, env: gateEnvironment(setup) })
}

/** Warnings before a run: files will be recorded without a filter that is named. */
export function filterWarnings({ warnings }: ContentFilters): readonly Diagnostic[] {
  return warnings.map((message) => ({ code: 'GUMP-P011', severity: 'warning', message }))
}
