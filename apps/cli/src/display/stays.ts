import { escapeControl } from '@gump/errors'
import type { KeptWorktree } from '@gump/workspace'

/** Names folders that were not removed. */
export function describeStays(stays: readonly KeptWorktree[]): string {
  return stays.map(({ dir, reason }) => `${escapeControl(dir)} stays: ${escapeControl(reason)}.\n`).join('')
}
