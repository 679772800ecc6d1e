import { needing, type Answer, type Ecosystem, type ProjectCommands } from '../commands/ecosystem.js'
import { firstExisting } from '../project/project-files.js'
import { pickTargets } from '../project/pick-targets.js'

/** Targets of a Makefile. */
export const make: Ecosystem = {
  name: 'make',
  title: 'Make',
  taskRunner: true,
  marker: async (files) => firstExisting(files, ['GNUmakefile', 'makefile', 'Makefile']),
  async commands(project) {
    const text = (await project.files.readFile(project.marker)) ?? ''
    // Rules at the start of a line, not assignments (`:=`, `::=`) nor pattern rules.
    const targets = [...text.matchAll(/^([A-Za-z0-9_./ -]+?)\s*::?(?![=:])/gm)].flatMap(([, names]) =>
      (names ?? '').split(/\s+/),
    )
    const commands: Record<string, Answer> = {}
    for (const [alias, target] of pickTargets(targets)) {
      commands[alias] = await needing(project, 'make', {
        command: `make ${target}`,
        because: `${project.marker} has a target "${target}"`,
      })
    }
    return commands satisfies ProjectCommands
  },
}
