import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Changes when anything in a repository or beside it is created, written, renamed or removed; reads no content. */
export function diskState(repo: string): string {
  const hash = createHash('sha1')
  const visit = (dir: string): void => {
    for (const name of readdirSync(dir)) {
      const path = join(dir, name)
      // What a process beside us removes meanwhile is gone.
      const info = lstatSync(path, { bigint: true, throwIfNoEntry: false })
      if (info === undefined) continue
      hash.update(`${path} ${info.ino} ${info.mode} ${info.size} ${info.mtimeNs} ${info.ctimeNs}\n`)
      if (info.isDirectory()) visit(path)
    }
  }
  try {
    visit(repo)
    // Where its worktrees are.
    if (existsSync(`${repo}.gump`)) visit(`${repo}.gump`)
  } catch {
    // A folder vanished under our feet: no state is like this one.
    hash.update(String(process.hrtime.bigint()))
  }
  return hash.digest('base64')
}
