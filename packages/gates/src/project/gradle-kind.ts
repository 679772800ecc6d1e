import type { ProjectFiles } from './project-files.js'

/** What the modules of a Gradle build are, which decides the names of its tasks. */
export type GradleKind = 'jvm' | 'multiplatform' | 'android'

const ROOT = [
  'build.gradle.kts',
  'build.gradle',
  'settings.gradle.kts',
  'settings.gradle',
  'gradle/libs.versions.toml',
]
const MAX_MODULES = 100

/** The kind of a Gradle build, and the text of its build files. A build with several kinds is the widest of them. */
export async function gradleKind(
  files: ProjectFiles,
): Promise<{ readonly kind: GradleKind; readonly build: string }> {
  const root = await texts(files, ROOT)
  const modules = [...root.matchAll(/['"]:?([\w./-]+(?::[\w./-]+)*)['"]/g)]
    .map(([, path]) => (path ?? '').replaceAll(':', '/'))
    .filter((path, at, all) => !path.includes('..') && all.indexOf(path) === at)
    .slice(0, MAX_MODULES)
  const below = await texts(
    files,
    modules.flatMap((module) => [`${module}/build.gradle.kts`, `${module}/build.gradle`]),
  )
  const build = `${root}\n${below}`
  const kind =
    /org\.jetbrains\.kotlin\.multiplatform|kotlin\(\s*["']multiplatform["']\s*\)|\bkotlin-multiplatform\b|plugins\.kotlin\.multiplatform/.test(
      build,
    )
      ? 'multiplatform'
      : /com\.android\.(?:application|library|kotlin\.multiplatform)|plugins\.android\.(?:application|library)/.test(
            build,
          )
        ? 'android'
        : 'jvm'
  return { kind, build }
}

async function texts(files: ProjectFiles, paths: readonly string[]): Promise<string> {
  const found = await Promise.all(paths.map(async (path) => files.readFile(path)))
  return found.filter((text) => text !== null).join('\n')
}
