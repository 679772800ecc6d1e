import { needing, type Answer, type Ecosystem, type Project } from '../commands/ecosystem.js'
import { firstExisting } from '../project/project-files.js'

const GRADLE = ['build.gradle.kts', 'build.gradle', 'settings.gradle.kts', 'settings.gradle']

/** Maven and Gradle, through their wrappers where a project has them. */
export const java: Ecosystem = {
  name: 'java',
  title: 'Java',
  marker: async (files) => firstExisting(files, ['pom.xml', ...GRADLE]),
  async commands(project) {
    const maven = project.marker === 'pom.xml'
    const build = (await project.files.readFile(maven ? 'pom.xml' : project.marker)) ?? ''
    const jacoco = /jacoco/i.test(build)
    if (maven) {
      return {
        compile: await run(project, 'mvn', '-B -q test-compile'),
        test: await run(project, 'mvn', '-B test'),
        ...(build.includes('maven-checkstyle-plugin')
          ? { lint: await run(project, 'mvn', '-B -q checkstyle:check') }
          : {}),
        ...(jacoco ? { coverage: await run(project, 'mvn', '-B verify') } : {}),
      }
    }
    return {
      compile: await run(project, 'gradle', '--console=plain testClasses'),
      test: await run(project, 'gradle', '--console=plain test'),
      ...(/checkstyle|ktlint|spotless/.test(build)
        ? { lint: await run(project, 'gradle', '--console=plain check -x test') }
        : {}),
      ...(jacoco ? { coverage: await run(project, 'gradle', '--console=plain test jacocoTestReport') } : {}),
    }
  },
}

async function run(project: Project, tool: 'mvn' | 'gradle', args: string): Promise<Answer> {
  const wrapper = tool === 'mvn' ? 'mvnw' : 'gradlew'
  if (await project.files.exists(wrapper)) {
    // With sh, because a wrapper committed from Windows is not executable.
    const because = `${project.marker} and ${wrapper} are present`
    return needing(project, 'java', { command: `sh ./${wrapper} ${args}`, because })
  }
  return needing(project, tool, { command: `${tool} ${args}`, because: `${project.marker} is present` })
}
