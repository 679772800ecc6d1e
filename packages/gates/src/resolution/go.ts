import { needing, type Ecosystem } from '../commands/ecosystem.js'

/** Go modules. */
export const go: Ecosystem = {
  name: 'go',
  title: 'Go',
  marker: async (files) =>
    (await files.exists('go.mod')) ? 'go.mod' : (await files.exists('go.work')) ? 'go.work' : null,
  async commands(project) {
    const because = `${project.marker} is present`
    const linter = ['.golangci.yml', '.golangci.yaml', '.golangci.toml', '.golangci.json']
    const configured = (await Promise.all(linter.map(async (file) => project.files.exists(file)))).includes(
      true,
    )
    return {
      compile: await needing(project, 'go', { command: 'go build ./...', because }),
      test: await needing(project, 'go', { command: 'go test ./...', because }),
      lint: configured
        ? await needing(project, 'golangci-lint', {
            command: 'golangci-lint run',
            because: `${because}, and golangci-lint is configured`,
          })
        : await needing(project, 'go', { command: 'go vet ./...', because }),
      coverage: await needing(project, 'go', {
        command:
          'profile=$(mktemp) && go test -coverprofile="$profile" ./... && go tool cover -func="$profile"; code=$?; rm -f "$profile"; exit "$code"',
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
