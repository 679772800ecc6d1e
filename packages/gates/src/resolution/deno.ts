import { needing, type Answer, type Ecosystem } from '../commands/ecosystem.js'
import { parseJsonWithComments, stringAt, valueAt } from '../project/parse-config.js'
import { firstExisting } from '../project/project-files.js'

/** Deno: tasks of its configuration first, then its own tools. */
export const deno: Ecosystem = {
  name: 'deno',
  title: 'Deno',
  sources: ['.js', '.mjs', '.jsx', '.ts', '.mts', '.tsx'],
  marker: async (files) => firstExisting(files, ['deno.json', 'deno.jsonc']),
  async commands(project) {
    const config = parseJsonWithComments((await project.files.readFile(project.marker)) ?? '')
    const command = async (names: readonly string[], own: string): Promise<Answer> => {
      for (const name of names) {
        const definition = stringAt(config, 'tasks', name) ?? stringAt(config, 'tasks', name, 'command')
        if (definition !== null) {
          return needing(project, 'deno', {
            command: `deno task ${name}`,
            because: `${project.marker} has a task "${name}"`,
            definition,
            direct: definition,
          })
        }
      }
      return needing(project, 'deno', { command: own, because: `${project.marker} is present` })
    }
    const everything = valueAt(config, 'exports') === undefined && valueAt(config, 'workspace') === undefined
    return {
      compile: await command(
        ['check', 'check:types', 'type-check', 'typecheck', 'build'],
        everything ? 'deno check .' : 'deno check',
      ),
      test: await command(['test', 'test:unit'], 'deno test --allow-all'),
      lint: await command(['lint', 'check:lint'], 'deno lint'),
      coverage: await command(
        ['coverage', 'test:coverage', 'cov'],
        'profile=$(mktemp -d) && deno test --allow-all --coverage="$profile" && deno coverage "$profile"; code=$?; rm -rf "$profile"; exit "$code"',
      ),
    }
  },
}
