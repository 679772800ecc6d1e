import { needing, type Ecosystem, type Project, type ProjectCommands } from '../commands/ecosystem.js'
import { makeTargets } from '../project/make-targets.js'
import { firstExisting, type ProjectFiles } from '../project/project-files.js'

const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile']
const SOURCE = /\.(?:c|cc|cpp|cxx|c\+\+|h|hh|hpp|hxx)$/
const SOURCE_FOLDERS = ['', 'src', 'source', 'lib', 'include', 'core']

/**
 * C and C++ with CMake, Meson, autotools or plain Make, in this order where a project has several. Everything is built
 * in a new folder each time, so that no object file or cache that an attempt left behind can stand for its sources.
 */
export const cpp: Ecosystem = {
  name: 'cpp',
  title: 'C/C++',
  sources: ['.c', '.cc', '.cpp', '.cxx', '.h', '.hh', '.hpp', '.hxx'],
  async marker(files) {
    const known = await firstExisting(files, [
      'CMakeLists.txt',
      'meson.build',
      'configure.ac',
      'configure.in',
    ])
    if (known !== null) return known
    if ((await files.exists('configure')) && (await files.exists('Makefile.in'))) return 'configure'
    const makefile = await firstExisting(files, MAKEFILES)
    return makefile !== null && (await hasSources(files)) ? makefile : null
  },
  async commands(project) {
    switch (project.marker) {
      case 'CMakeLists.txt':
        return cmake(project)
      case 'meson.build':
        return meson(project)
      case 'configure.ac':
      case 'configure.in':
      case 'configure':
        return autotools(project)
      default:
        return plainMake(project)
    }
  },
}

const NEW_FOLDER = 'dir=$(mktemp -d) || exit 1; trap \'rm -rf "$dir"\' EXIT'
const JOBS = '"$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)"'

async function cmake(project: Project): Promise<ProjectCommands> {
  const because = 'CMakeLists.txt is present'
  const build = `${NEW_FOLDER}\ncmake -S . -B "$dir" && cmake --build "$dir" --parallel ${JOBS}`
  const texts = await cmakeTexts(project.files)
  const tested =
    /\b(?:enable_testing|add_test|gtest_discover_tests|catch_discover_tests|include\s*\(\s*CTest)\b/i.test(
      texts,
    )
  return {
    compile: await needing(project, 'cmake', { command: build, label: 'cmake --build', because }),
    ...(tested
      ? {
          test: await needing(project, 'cmake', {
            command: `${build} && ctest --test-dir "$dir" --output-on-failure --no-tests=error`,
            label: 'cmake --build, ctest',
            because: `${because} and has tests`,
          }),
          tests_found: await needing(project, 'cmake', {
            command: `${build} && ctest -N --test-dir "$dir"`,
            label: 'cmake --build, ctest -N',
            because: `${because} and has tests`,
          }),
        }
      : {}),
  }
}

async function meson(project: Project): Promise<ProjectCommands> {
  const because = 'meson.build is present'
  const setUp = `${NEW_FOLDER}\nmeson setup "$dir" .`
  const build = `${setUp} && meson compile -C "$dir"`
  const answer = async (command: string, label: string): ReturnType<typeof needing> =>
    needing(project, 'meson', { command, label, because })
  return {
    compile: await answer(build, 'meson compile'),
    // A project without tests passes them all; the listing fails for it.
    test: await answer(
      `${build} && meson test -C "$dir" --list && meson test -C "$dir" --print-errorlogs`,
      'meson compile, meson test',
    ),
    tests_found: await answer(
      `${build} && echo "tests that meson lists:" && meson test -C "$dir" --list`,
      'meson test --list',
    ),
  }
}

/** The files of the worktree that git would take, in a new folder: neither products nor what they are named after. */
const COPY = `${NEW_FOLDER}
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do { [ ! -e "$file" ] && [ ! -L "$file" ]; } || printf '%s\\0' "$file"; done | tar --null -T - -cf - | tar -xf - -C "$dir" && cd "$dir"`

async function autotools(project: Project): Promise<ProjectCommands> {
  const { files } = project
  const committed = await files.exists('configure')
  const bootstrap = await firstExisting(files, ['autogen.sh', 'bootstrap', 'bootstrap.sh', 'buildconf'])
  const generate = committed
    ? ''
    : bootstrap === null
      ? 'autoreconf -fi && '
      : `NOCONFIGURE=1 sh ./${bootstrap} && `
  const build = `${COPY} && ${generate}sh ./configure && make -j ${JOBS}`
  const because = `${project.marker} is present${committed ? ' with configure' : ''}`
  const make = (await files.readFile('Makefile.am')) ?? (await files.readFile('Makefile.in')) ?? ''
  const checked = (await files.exists('Makefile.am')) || /^check\s*:/m.test(make)
  const target = checked ? 'check' : /^test\s*:/m.test(make) ? 'test' : null
  const program = committed ? 'make' : 'autoreconf'
  return {
    compile: await needing(project, program, { command: build, label: './configure, make', because }),
    ...(target === null
      ? {}
      : {
          test: await needing(project, program, {
            command: `${build} && make ${target}`,
            label: `./configure, make, make ${target}`,
            because,
          }),
        }),
  }
}

async function plainMake(project: Project): Promise<ProjectCommands> {
  const text = (await project.files.readFile(project.marker)) ?? ''
  const targets = makeTargets(text)
  const because = `${project.marker} is present beside C or C++ sources`
  const test = ['test', 'check', 'tests', 'runtest', 'runtests', 'test-all'].find((name) =>
    targets.includes(name),
  )
  const lint = targets.find((name) => name === 'lint')
  const all = targets.includes('all') ? ' all' : ''
  return {
    compile: await needing(project, 'make', {
      command: `${COPY} && make${all}`,
      label: `make${all}`,
      because,
    }),
    ...(test === undefined
      ? {}
      : {
          test: await needing(project, 'make', {
            command: `${COPY} && make ${test}`,
            label: `make ${test}`,
            because: `${project.marker} has a target "${test}"`,
          }),
        }),
    ...(lint === undefined
      ? {}
      : {
          lint: await needing(project, 'make', {
            command: 'make lint',
            because: `${project.marker} has a target "lint"`,
          }),
        }),
  }
}

async function hasSources(files: ProjectFiles): Promise<boolean> {
  for (const folder of SOURCE_FOLDERS) {
    if ((await files.list(folder)).some((name) => SOURCE.test(name))) return true
  }
  return false
}

/** The build files of the root and of the folders below it, where tests are usually declared. */
async function cmakeTexts(files: ProjectFiles): Promise<string> {
  const folders = (await files.list('')).filter((name) => /^(?:tests?|unit.*|src|spec)\/$/i.test(name))
  const paths = ['CMakeLists.txt', ...folders.map((folder) => `${folder}CMakeLists.txt`)]
  const texts = await Promise.all(paths.map(async (path) => files.readFile(path)))
  return texts.map((text) => text ?? '').join('\n')
}
