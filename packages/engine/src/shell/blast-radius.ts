import { listFirst } from '@gump/errors'
import picomatch from 'picomatch'
import type { GateDefinition } from '@gump/gates'
import type { GateEffect } from '@gump/core'

/** Holds an attempt to the files its task declares; implicit, so it is not among the gates of a workflow. */
export function blastRadiusGate(effect: GateEffect): GateDefinition {
  const files = effect.task?.files ?? []
  return {
    name: 'blast_radius',
    summary: 'only files that the task declares may change',
    argument: 'command',
    required: true,
    async run(context) {
      const isDeclared = declares(files)
      const outside = context.files.map((file) => file.path).filter((path) => !isDeclared(path))
      if (outside.length === 0) return { status: 'pass' }
      const error = `changed files that the task does not declare: ${listFirst(outside, 20)}\ndeclared: ${files.join(', ')}`
      if (context.argument === 'warn') return { status: 'skipped', reason: error }
      return { status: 'fail', error }
    },
  }
}

/** Longer ones can only be names: no sensible glob is that long, and compiling it would take a while. */
const longestGlob = 1024

/**
 * Whether a path is among those that a task declares: by its name, whatever characters it has, by a folder that ends in
 * a slash, or by a glob. An agent wrote the list, so nothing in it may widen it by accident: no negation.
 */
export function declares(files: readonly string[]): (path: string) => boolean {
  const declared = files.map((file) => file.replace(/^(?:\.\/)+/, '')).filter((file) => file !== '')
  const names = new Set(declared)
  const folders = declared.filter((file) => file.endsWith('/'))
  const globs = declared.filter((file) => file.length <= longestGlob)
  // `app/[slug]/**` means the folder `[slug]` in some projects, and one of four letters in others.
  const isMatch = picomatch([...globs, ...globs.map(literalBrackets)], { dot: true, nonegate: true })
  return (path) => names.has(path) || folders.some((folder) => path.startsWith(folder)) || isMatch(path)
}

function literalBrackets(glob: string): string {
  return glob.replaceAll(/[[\](){}!+@|\\]/g, '\\$&')
}
