import { needing, type Ecosystem } from '../commands/ecosystem.js'

/** Cargo packages and workspaces. */
export const rust: Ecosystem = {
  name: 'rust',
  title: 'Rust',
  marker: async (files) => ((await files.exists('Cargo.toml')) ? 'Cargo.toml' : null),
  async commands(project) {
    const because = 'Cargo.toml is present'
    const all = (await isVirtualOrWorkspace(project.files)) ? ' --workspace' : ''
    const cargo = async (command: string): ReturnType<typeof needing> =>
      needing(project, 'cargo', { command: `cargo ${command}`, because })
    return {
      compile: await cargo(`check${all} --all-targets`),
      test: await cargo(`test${all}`),
      lint: await needing(project, 'cargo-clippy', {
        command: `cargo clippy${all} --all-targets -- -D warnings`,
        because,
      }),
      coverage: await needing(project, 'cargo-llvm-cov', {
        command: `cargo llvm-cov${all} --summary-only`,
        because,
      }),
    }
  },
  async setup({ files }) {
    if (!(await files.exists('Cargo.lock'))) return null
    return { lockfile: 'Cargo.lock', command: 'cargo fetch --locked', program: 'cargo', produces: [] }
  },
}

async function isVirtualOrWorkspace(files: {
  readFile(path: string): Promise<string | null>
}): Promise<boolean> {
  return /^\[workspace\]/m.test((await files.readFile('Cargo.toml')) ?? '')
}
