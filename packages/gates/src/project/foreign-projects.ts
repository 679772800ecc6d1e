import { CONFIGURATION } from './has-sources.js'
import type { Ecosystem } from '../commands/ecosystem.js'
import type { FoundProject } from './found-project.js'
import type { ProjectFiles } from './project-files.js'

/** Build files of languages and tools that Gump has no commands for; a `*` stands for any name. */
const MARKERS: Readonly<Record<string, string>> = {
  'pubspec.yaml': 'Dart',
  'build.sbt': 'Scala',
  'build.sc': 'Mill',
  'build.mill': 'Mill',
  'stack.yaml': 'Haskell',
  'cabal.project': 'Haskell',
  '*.cabal': 'Haskell',
  'dune-project': 'OCaml',
  '*.opam': 'OCaml',
  'rebar.config': 'Erlang',
  'project.clj': 'Clojure',
  'deps.edn': 'Clojure',
  'Project.toml': 'Julia',
  'Makefile.PL': 'Perl',
  'Build.PL': 'Perl',
  'dist.ini': 'Perl',
  'MODULE.bazel': 'Bazel',
  WORKSPACE: 'Bazel',
  'WORKSPACE.bazel': 'Bazel',
  SConstruct: 'SCons',
  wscript: 'Waf',
  'xmake.lua': 'xmake',
  'premake5.lua': 'Premake',
  '*.rockspec': 'Lua',
  '*.nimble': 'Nim',
  'shard.yml': 'Crystal',
  'dub.json': 'D',
  'dub.sdl': 'D',
  'gleam.toml': 'Gleam',
  'foundry.toml': 'Solidity',
  'v.mod': 'V',
  'build.xml': 'Ant',
  '*.xcodeproj/': 'Xcode',
  '*.xcworkspace/': 'Xcode',
  '*.pro': 'qmake',
  'alire.toml': 'Ada',
  '*.gpr': 'Ada',
  'fpm.toml': 'Fortran',
  'elm.json': 'Elm',
  'spago.yaml': 'PureScript',
  'lakefile.lean': 'Lean',
  'lakefile.toml': 'Lean',
}

/** Source files of languages without an ecosystem of their own here. */
const OTHER_SOURCES = [
  '.dart',
  '.scala',
  '.hs',
  '.ml',
  '.erl',
  '.clj',
  '.jl',
  '.pl',
  '.pm',
  '.lua',
  '.nim',
  '.cr',
  '.d',
  '.f90',
  '.adb',
  '.m',
  '.mm',
  '.S',
]
const SOURCE_FOLDERS = ['', 'src', 'lib', 'source', 'include', 'app', 'core', 'pkg', 'cmd']

/** Projects at the root that are recognised, and that no command is known for. */
export async function foreignProjects(
  files: ProjectFiles,
): Promise<{ readonly title: string; readonly marker: string }[]> {
  const names = await files.list('')
  const found = Object.entries(MARKERS).flatMap(([pattern, title]) => {
    const marker = pattern.startsWith('*')
      ? names.find((name) => name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1)
      : names.find((name) => name === pattern)
    return marker === undefined ? [] : [{ title, marker }]
  })
  return found.filter(({ title }, at) => found.findIndex((each) => each.title === title) === at)
}

/** A source file outside of the nested projects, in a language that is not theirs; null when there is none. */
export async function sourcesOutside(
  files: ProjectFiles,
  nested: readonly FoundProject[],
  ecosystems: readonly Ecosystem[],
): Promise<string | null> {
  const own = new Set(nested.flatMap(({ ecosystem }) => ecosystem.sources ?? []))
  const foreign = [...ecosystems.flatMap(({ sources }) => sources ?? []), ...OTHER_SOURCES].filter(
    (each) => !own.has(each),
  )
  for (const folder of SOURCE_FOLDERS) {
    if (
      nested.some((each) => each.folder === folder || (each.folder.startsWith(`${folder}/`) && folder !== ''))
    )
      continue
    const name = (await files.list(folder)).find(
      (each) => !CONFIGURATION.test(each) && foreign.some((ending) => each.endsWith(ending)),
    )
    if (name !== undefined) return folder === '' ? name : `${folder}/${name}`
  }
  return null
}
