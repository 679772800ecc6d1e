import { needing, type Answer, type Ecosystem, type ProjectCommands } from '../commands/ecosystem.js'
import { makeTargets } from '../project/make-targets.js'
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
    const commands: Record<string, Answer> = {}
    for (const [alias, target] of pickTargets(makeTargets(text))) {
      commands[alias] = await needing(project, 'make', {
        command: `make ${target}`,
        because: `${project.marker} has a target "${target}"`,
      })
    }
    return commands satisfies ProjectCommands
  },
}
