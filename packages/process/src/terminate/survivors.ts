import { GumpError } from '@gump/errors'

/** How long killed processes may take to die before they count as survivors: only ones stuck in the kernel do. */
export const DYING_LIMIT_MS = 5000

/** The error for processes that are still there after {@link DYING_LIMIT_MS}. */
export function survived(container: string, pids: readonly number[]): GumpError {
  return new GumpError('GUMP-X002', `processes of ${container} survived being killed: ${pids.join(', ')}`, {
    data: { container, pids },
    remedy: `look at them with ps -fp ${pids.join(',')} and end them by hand`,
  })
}
