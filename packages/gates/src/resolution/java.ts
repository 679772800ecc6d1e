import { needing, type Answer, type Ecosystem, type Project } from '../commands/ecosystem.js'
import { gradleKind } from '../project/gradle-kind.js'
import { firstExisting } from '../project/project-files.js'

const GRADLE = ['settings.gradle.kts', 'settings.gradle', 'build.gradle.kts', 'build.gradle']

/** Maven and Gradle, through their wrappers where a project has them; Kotlin and Android are Gradle's. */
export const java: Ecosystem = {
  name: 'java',
  title: 'Java',
  sources: ['.java', '.kt', '.kts', '.groovy', '.scala'],
  marker: async (files) => firstExisting(files, ['pom.xml', ...GRADLE]),
  async commands(project) {
    if (project.marker === 'pom.xml') return maven(project)
    const { kind, build } = await gradleKind(project.files)
    const jacoco = /jacoco/i.test(build)
    const style = /checkstyle|ktlint|spotless|detekt/i.exec(build)?.[0]?.toLowerCase()
    switch (kind) {
      case 'multiplatform':
        // Multiplatform modules have `allTests` and no `test`; `check` is what all kinds of modules share.
        return {
          compile: await gradle(project, 'assemble', 'the Kotlin Multiplatform plugin is applied'),
          test: await gradle(project, 'check', 'the Kotlin Multiplatform plugin is applied'),
          tests_found: {
            because: 'Gradle does not list the tests of Kotlin Multiplatform modules',
            remedy: 'name a command that lists the tests',
          },
        }
      case 'android':
        return {
          compile: await gradle(project, 'assembleDebug', 'the Android plugin is applied'),
          test: await gradle(project, 'test', 'the Android plugin is applied'),
          lint: await gradle(project, 'lint', 'the Android plugin is applied'),
        }
      case 'jvm':
        return {
          compile: await gradle(project, 'testClasses', null),
          test: await gradle(project, 'test', null),
          ...(style === undefined
            ? {}
            : { lint: await gradle(project, 'check -x test', `${style} is configured`) }),
          ...(jacoco
            ? { coverage: await gradle(project, 'test jacocoTestReport', 'JaCoCo is configured') }
            : {}),
        }
    }
  },
}

async function maven(
  project: Project,
): Promise<{ compile: Answer; test: Answer; lint?: Answer; coverage?: Answer }> {
  const build = (await project.files.readFile('pom.xml')) ?? ''
  return {
    compile: await run(project, 'mvn', '-B -q test-compile', null),
    test: await run(project, 'mvn', '-B test', null),
    ...(build.includes('maven-checkstyle-plugin')
      ? { lint: await run(project, 'mvn', '-B -q checkstyle:check', null) }
      : {}),
    ...(/jacoco/i.test(build) ? { coverage: await run(project, 'mvn', '-B verify', null) } : {}),
  }
}

async function gradle(project: Project, tasks: string, why: string | null): Promise<Answer> {
  return run(project, 'gradle', `--console=plain ${tasks}`, why)
}

async function run(
  project: Project,
  tool: 'mvn' | 'gradle',
  args: string,
  why: string | null,
): Promise<Answer> {
  const wrapper = tool === 'mvn' ? 'mvnw' : 'gradlew'
  const also = why === null ? '' : `, and ${why}`
  if (await project.files.exists(wrapper)) {
    // With sh, because a wrapper committed from Windows is not executable.
    const because = `${project.marker} and ${wrapper} are present${also}`
    return needing(project, 'java', { command: `sh ./${wrapper} ${args}`, because })
  }
  return needing(project, tool, {
    command: `${tool} ${args}`,
    because: `${project.marker} is present${also}`,
  })
}
