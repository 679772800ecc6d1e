import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { temporaryFolder } from './temporary-repository.js'

/** A git first on the PATH that notes with which arguments it was started. */
export function countingGit(env: Readonly<Record<string, string>>): {
  readonly env: Record<string, string>
  readonly program: string
  /** The commands so far, without the options before them. */
  commands(): readonly string[]
} {
  const bin = temporaryFolder()
  const [program, log] = [join(bin, 'git'), join(bin, 'log')]
  writeFileSync(log, '')
  const script = `#!/bin/sh\necho "$*" >> '${log}'\nPATH="\${PATH#*:}"; export PATH\nexec git "$@"\n`
  writeFileSync(program, script, { mode: 0o755 })
  return {
    env: { ...env, PATH: `${bin}:${env['PATH']}` },
    program,
    commands: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => line.replace(/^(?:-c \S+ )*/u, '').split(' ', 1)[0] ?? ''),
  }
}
