import { lstat } from './small-files.js'

/** True for anything at that path, a link that leads nowhere, too. */
export function exists(path: string | Buffer): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
