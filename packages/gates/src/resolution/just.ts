import { needing, type Answer, type Ecosystem, type ProjectCommands } from '../commands/ecosystem.js'
import { firstExisting } from '../project/project-files.js'
import { pickTargets } from '../project/pick-targets.js'

/** Recipes of a justfile. */
export const just: Ecosystem = {
  name: 'just',
  title: 'Just',
  taskRunner: true,
  marker: async (files) => firstExisting(files, ['justfile', 'Justfile', '.justfile']),
  async commands(project) {
    const text = (await project.files.readFile(project.marker)) ?? ''
    // `name params: dependencies`, a leading `@` for quiet; not `name := value`.
    const recipes = [...text.matchAll(/^@?([A-Za-z_][\w-]*)(?:\s[^:=\n]*(?:=[^:\n]*)?)?:(?!=)/gm)].map(
      ([, name]) => name ?? '',
    )
    const commands: Record<string, Answer> = {}
    for (const [alias, recipe] of pickTargets(recipes)) {
      commands[alias] = await needing(project, 'just', {
        command: `just ${recipe}`,
        because: `${project.marker} has a recipe "${recipe}"`,
      })
    }
    return commands satisfies ProjectCommands
  },
}
