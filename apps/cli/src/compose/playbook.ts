import { join } from 'node:path'

import { cascade, directoryPlaybook, pathWorkflow, type Playbook } from '@gump/schema'
import { playbook as builtin } from '@gump/workflows'

import type { CliContext } from '../context.js'

/** All workflows there are here: files by path, the project's, the user's, the built-in ones; first match wins. */
export function composePlaybook(context: Pick<CliContext, 'cwd' | 'home'>, root: string | null): Playbook {
  const displayRoot = root ?? context.cwd
  return cascade([
    pathWorkflow({ cwd: context.cwd, displayRoot }),
    ...(root === null
      ? []
      : [directoryPlaybook({ origin: 'project', dir: join(root, '.gump/workflows'), displayRoot })]),
    directoryPlaybook({ origin: 'user', dir: join(context.home, '.gump/workflows'), displayRoot }),
    builtin,
  ])
}
