import type { ProjectFiles } from './project-files.js'

const FILES = [
  '.gitlab-ci.yml',
  '.circleci/config.yml',
  'azure-pipelines.yml',
  '.travis.yml',
  'appveyor.yml',
  '.cirrus.yml',
  'Jenkinsfile',
]
const MAX_WORKFLOWS = 40
const known = new WeakMap<ProjectFiles, Promise<string>>()

/** What the project's own continuous integration says, as text: whether it runs a tool, not how. */
export async function ciText(files: ProjectFiles): Promise<string> {
  const text = known.get(files) ?? read(files)
  known.set(files, text)
  return text
}

async function read(files: ProjectFiles): Promise<string> {
  const workflows = (await files.list('.github/workflows')).filter((name) => /\.ya?ml$/.test(name))
  const paths = [...workflows.slice(0, MAX_WORKFLOWS).map((name) => `.github/workflows/${name}`), ...FILES]
  const texts = await Promise.all(paths.map(async (path) => files.readFile(path)))
  return texts.map((text) => text ?? '').join('\n')
}
