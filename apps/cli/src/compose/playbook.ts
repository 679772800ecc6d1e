import { join } from 'node:path'

import { cascade, directoryPlaybook, pathWorkflow, type Playbook } from '@gump/schema'
import { playbook as builtin } from '@gump/workflows'

import type { CliContext } from '../context.js'

/**
 * All workflows there are here: files by path, the project's, the user's, the built-in ones; first match wins. Validators
 * may lie beside the workflows: `validators/NAME` is `.gump/workflows/validators/NAME.yaml` or `.gump/validators/NAME.yaml`.
 */
export function composePlaybook(context: Pick<CliContext, 'cwd' | 'home'>, root: string | null): Playbook {
  const displayRoot = root ?? context.cwd
  const foldersOf = (origin: 'project' | 'user', above: string): readonly Playbook[] => [
    directoryPlaybook({ origin, dir: join(above, '.gump/workflows'), displayRoot }),
    directoryPlaybook({ origin, dir: join(above, '.gump/validators'), displayRoot, namespace: 'validators' }),
  ]
  return cascade([
    pathWorkflow({ cwd: context.cwd, displayRoot }),
    ...(root === null ? [] : foldersOf('project', root)),
    ...foldersOf('user', context.home),
    builtin,
  ])
}
