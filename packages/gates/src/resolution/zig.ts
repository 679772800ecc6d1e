import { hasSources } from '../project/has-sources.js'
import { firstExisting } from '../project/project-files.js'
import { needing, type Ecosystem } from '../commands/ecosystem.js'

/** Projects with a Zig build file. */
export const zig: Ecosystem = {
  name: 'zig',
  title: 'Zig',
  sources: ['.zig'],
  async marker(files) {
    if (!(await files.exists('build.zig'))) return null
    // Libraries of C carry a build file only to be used from Zig.
    const offered = await firstExisting(files, ['CMakeLists.txt', 'meson.build', 'configure.ac', 'Makefile'])
    return offered === null || (await hasSources(files, ['.zig'], ['build.zig'])) ? 'build.zig' : null
  },
  async commands(project) {
    const build = (await project.files.readFile('build.zig')) ?? ''
    const because = 'build.zig is present'
    const test = /\.step\(\s*"test"/.test(build)
    return {
      compile: await needing(project, 'zig', { command: 'zig build', because }),
      ...(test
        ? {
            test: await needing(project, 'zig', {
              command: 'zig build test --summary all',
              because: 'build.zig has a step "test"',
            }),
          }
        : {}),
    }
  },
}
