import type { RunContext } from './run-context.js'

/** Something that was printed is not on the disk, and people must not look for it there in vain. */
export function tellCut(
  { journal, settings }: RunContext,
  {
    path,
    omittedBytes,
    step,
  }: { readonly path: string; readonly omittedBytes: number; readonly step: string | undefined },
): void {
  const limit = megabytes(settings.maxLogBytes)
  const message = `${path} would be larger than ${limit}: ${megabytes(omittedBytes)} in its middle are left out`
  journal.append([{ type: 'warning', message, ...(step === undefined ? {} : { step }) }])
}

function megabytes(bytes: number): string {
  const count = bytes / (1024 * 1024)
  return `${count < 10 ? Math.max(0.1, count).toFixed(1) : Math.round(count)} MiB`
}
