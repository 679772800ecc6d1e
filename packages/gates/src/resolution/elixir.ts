import { needing, type Ecosystem } from '../commands/ecosystem.js'

/** Mix projects. */
export const elixir: Ecosystem = {
  name: 'elixir',
  title: 'Elixir',
  sources: ['.ex', '.exs'],
  marker: async (files) => ((await files.exists('mix.exs')) ? 'mix.exs' : null),
  async commands(project) {
    const because = 'mix.exs is present'
    const mix = async (task: string): ReturnType<typeof needing> =>
      needing(project, 'mix', { command: `mix ${task}`, because })
    const definition = (await project.files.readFile('mix.exs')) ?? ''
    const credo = /:credo\b/.test(definition)
    return {
      compile: await mix('compile'),
      test: await mix('test'),
      ...(credo || (await project.files.exists('.formatter.exs'))
        ? { lint: await mix(credo ? 'credo' : 'format --check-formatted') }
        : {}),
      coverage: await mix(/:excoveralls\b/.test(definition) ? 'coveralls' : 'test --cover'),
    }
  },
  async setup({ files }) {
    if (!(await files.exists('mix.lock'))) return null
    return {
      lockfile: 'mix.lock',
      command: 'mix deps.get --check-locked',
      program: 'mix',
      produces: ['/deps/'],
      clones: 'deps',
    }
  },
}
