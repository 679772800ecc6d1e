import { lstat } from 'node:fs/promises'

/** True for anything at that path, a link that leads nowhere, too. */
export function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
