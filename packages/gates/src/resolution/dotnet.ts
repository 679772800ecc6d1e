import { ciText } from '../project/ci-text.js'
import { needing, type Ecosystem } from '../commands/ecosystem.js'

/** .NET solutions and projects. */
export const dotnet: Ecosystem = {
  name: 'dotnet',
  title: '.NET',
  sources: ['.cs', '.fs', '.vb'],
  async marker(files) {
    const names = await files.list('')
    for (const ending of [/\.slnx?$/, /\.(?:cs|fs|vb)proj$/]) {
      const found = names.find((name) => ending.test(name))
      if (found !== undefined) return found
    }
    return null
  },
  async commands(project) {
    const because = `${project.marker} is present`
    const dotnet = async (args: string): ReturnType<typeof needing> =>
      needing(project, 'dotnet', { command: `dotnet ${args}`, because })
    const formatted = /\bdotnet format\b/.test(await ciText(project.files))
    return {
      compile: await dotnet('build --nologo'),
      test: await dotnet('test --nologo'),
      ...(formatted ? { lint: await dotnet('format --verify-no-changes') } : {}),
      coverage: await dotnet('test --nologo --collect "XPlat Code Coverage"'),
    }
  },
  async setup({ files }) {
    if (!(await files.exists('packages.lock.json'))) return null
    return {
      lockfile: 'packages.lock.json',
      command: 'dotnet restore --locked-mode',
      program: 'dotnet',
      produces: ['obj/'],
    }
  },
}
