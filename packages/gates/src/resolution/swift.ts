import { hasSources } from '../project/has-sources.js'
import { firstExisting } from '../project/project-files.js'
import { needing, type Ecosystem } from '../commands/ecosystem.js'

/** Packages of the Swift package manager. */
export const swift: Ecosystem = {
  name: 'swift',
  title: 'Swift',
  sources: ['.swift'],
  async marker(files) {
    if (!(await files.exists('Package.swift'))) return null
    // Libraries of C and C++ carry a manifest only to be used from Swift.
    const offered = await firstExisting(files, ['CMakeLists.txt', 'meson.build', 'configure.ac', 'Makefile'])
    return offered === null || (await hasSources(files, ['.swift'], ['Package.swift']))
      ? 'Package.swift'
      : null
  },
  async commands(project) {
    const because = 'Package.swift is present'
    const linter = await project.files.exists('.swiftlint.yml')
    return {
      compile: await needing(project, 'swift', { command: 'swift build --build-tests', because }),
      test: await needing(project, 'swift', { command: 'swift test', because }),
      ...(linter
        ? {
            lint: await needing(project, 'swiftlint', {
              command: 'swiftlint lint --strict --quiet',
              because: 'SwiftLint is configured',
            }),
          }
        : {}),
    }
  },
}
