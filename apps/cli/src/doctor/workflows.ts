import { plural } from '@gump/errors'
import { composeCheck } from '../compose/check.js'
import { composePlaybook } from '../compose/playbook.js'
import { Configuration } from '../config/configuration.js'
import type { Examination, Finding } from './finding.js'

/** The user's own workflows; the built-in ones are tested. */
export const examineWorkflows: Examination = async ({ context, config, root }) => {
  const playbook = composePlaybook(context, root)
  const known = config ?? new Configuration([], [])
  const check = composeCheck(context, known, { root: root ?? context.cwd, playbook })
  const own = (await playbook.list()).filter(({ origin }) => origin !== 'builtin')
  return await Promise.all(
    own.map(async ({ ref, file }): Promise<Finding> => {
      const { diagnostics } = await check(ref)
      const mistakes = diagnostics.filter(({ severity }) => severity === 'error').length
      const base = { area: 'workflows', name: ref } as const
      return mistakes === 0
        ? { ...base, status: 'ok', detail: file }
        : {
            ...base,
            status: 'broken',
            detail: `${file} has ${plural(mistakes, 'mistake')}`,
            remedy: `gump playbook validate ${ref} shows them.`,
          }
    }),
  )
}
