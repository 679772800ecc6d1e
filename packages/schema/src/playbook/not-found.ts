import { GumpError, isGumpError, nearest } from '@gump/errors'

/** The rejection for a reference that no workflow has, with the names that are near it. */
export function workflowNotFound(ref: string, known: readonly string[]): GumpError {
  const near = nearest(ref, known, 5)
  const shown = near.length > 0 ? near : known.slice(0, 5)
  const remedy =
    near.length > 0
      ? `did you mean ${near.join(', ')}? gump playbook list shows all`
      : `gump playbook list shows all workflows${shown.length > 0 ? `, such as ${shown.join(', ')}` : ''}`
  return new GumpError('GUMP-W060', `there is no workflow "${ref}"`, { data: { ref, near: shown }, remedy })
}

/** True when a playbook rejected because it has no such workflow, so that another one may have it. */
export function isNotFound(error: unknown): error is GumpError {
  return isGumpError(error) && error.code === 'GUMP-W060'
}
