import { needing, type Ecosystem } from '../commands/ecosystem.js'
import type { ProjectFiles } from '../project/project-files.js'

/** Go modules. */
export const go: Ecosystem = {
  name: 'go',
  title: 'Go',
  sources: ['.go'],
  marker: async (files) =>
    (await files.exists('go.mod')) ? 'go.mod' : (await files.exists('go.work')) ? 'go.work' : null,
  async commands(project) {
    const because = `${project.marker} is present`
    const packages = await workspaceModules(project.files)
    const linter = ['.golangci.yml', '.golangci.yaml', '.golangci.toml', '.golangci.json']
    const configured = (await Promise.all(linter.map(async (file) => project.files.exists(file)))).includes(
      true,
    )
    return {
      compile: await needing(project, 'go', { command: `go build ${packages}`, because }),
      test: await needing(project, 'go', { command: `go test ${packages}`, because }),
      lint: configured
        ? await needing(project, 'golangci-lint', {
            command: 'golangci-lint run',
            because: `${because}, and golangci-lint is configured`,
          })
        : await needing(project, 'go', { command: `go vet ${packages}`, because }),
      coverage: await needing(project, 'go', {
        command: `profile=$(mktemp) && go test -coverprofile="$profile" ${packages} && go tool cover -func="$profile"; code=$?; rm -f "$profile"; exit "$code"`,
        label: 'go test (coverage)',
        because,
      }),
    }
  },
  async setup({ files }) {
    if (!(await files.exists('go.sum'))) return null
    return { lockfile: 'go.sum', command: 'go mod download', program: 'go', produces: [] }
  },
}

/** The packages of all modules that go.work uses; without one, those of the module at the root. */
async function workspaceModules(files: ProjectFiles): Promise<string> {
  const text = ((await files.readFile('go.work')) ?? '').replace(/\/\/.*$/gm, '')
  const blocks = [...text.matchAll(/^use\s*\(([^)]*)\)/gm)].flatMap(([, block]) => (block ?? '').split('\n'))
  const single = [...text.matchAll(/^use\s+([^(\s]+)\s*$/gm)].map(([, path]) => path ?? '')
  const folders = [...blocks, ...single]
    .map((path) =>
      path
        .trim()
        .replace(/^["`](.*)["`]$/, '$1')
        .replace(/^\.\/|\/$/g, ''),
    )
    .filter((path) => /^[\w./-]+$/.test(path) && !path.startsWith('/') && !path.split('/').includes('..'))
  if (folders.length === 0) return './...'
  return folders.map((folder) => (folder === '.' ? './...' : `./${folder}/...`)).join(' ')
}
