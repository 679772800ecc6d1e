import type { Diagnostic } from '@gump/errors'
import { environmentFor } from '@gump/process'
import type { ContentFilters } from '@gump/workspace'
import type { Setup } from './setup.js'

/**
 * Reads the content filters that a commit uses, as the user has configured them; their drivers see what gates see. They
 * have to be there before anything is created.
 *
 * @throws GumpError `GUMP-P011` when one that is required can not run.
 */
export function readFilters(setup: Setup, commit: string): Promise<ContentFilters> {
  const { workspace, settings, ambient } = setup
  return workspace.contentFilters({
    commit,
    env: environmentFor('gate', ambient.env, { secretPatterns: settings.secretEnv }),
  })
}

/** What people are told before a run: files will be recorded without a filter that is named. */
export function filterWarnings({ warnings }: ContentFilters): readonly Diagnostic[] {
  return warnings.map((message) => ({ code: 'GUMP-P011', severity: 'warning', message }))
}
