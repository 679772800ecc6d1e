import picomatch from 'picomatch'
import type { GateDefinition } from '@gump/gates'
import type { GateEffect } from '../core/effects.js'

/** Holds an attempt to the files its task declares; implicit, so it is not among the gates of a workflow. */
export function blastRadiusGate(effect: GateEffect): GateDefinition {
  const files = effect.task?.files ?? []
  return {
    name: 'blast_radius',
    summary: 'only files that the task declares may change',
    argument: 'command',
    required: true,
    async run(context) {
      const isDeclared = picomatch([...files], { dot: true })
      // A declared name is that name, whatever characters it has; a folder stands for all that is in it.
      const literal = new Set(files)
      const folders = files.filter((file) => file.endsWith('/'))
      const outside = context.files
        .map((file) => file.path)
        .filter(
          (path) =>
            !literal.has(path) && !isDeclared(path) && !folders.some((folder) => path.startsWith(folder)),
        )
      if (outside.length === 0) return { status: 'pass' }
      const shown =
        outside.slice(0, 20).join(', ') + (outside.length > 20 ? ` and ${outside.length - 20} more` : '')
      const error = `changed files that the task does not declare: ${shown}\ndeclared: ${files.join(', ')}`
      if (context.argument === 'warn') return { status: 'skipped', reason: error }
      return { status: 'fail', error }
    },
  }
}
