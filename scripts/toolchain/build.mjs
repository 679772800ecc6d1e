import { pnpm } from './pnpm.mjs'

/** Builds every package through turbo, which skips what has not changed. Returns an exit code. */
export function build() {
  return pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only', '--ui=stream'], {
    toStderr: true,
  })
}
