import { needing, type Ecosystem } from '../commands/ecosystem.js'
import { ciText } from '../project/ci-text.js'
import { firstExisting, type ProjectFiles } from '../project/project-files.js'

/** Cargo packages and workspaces. */
export const rust: Ecosystem = {
  name: 'rust',
  title: 'Rust',
  sources: ['.rs'],
  marker: async (files) => ((await files.exists('Cargo.toml')) ? 'Cargo.toml' : null),
  async commands(project) {
    const because = 'Cargo.toml is present'
    const manifest = (await project.files.readFile('Cargo.toml')) ?? ''
    const all = /^\[workspace\b/m.test(manifest) ? ' --workspace' : ''
    const cargo = async (command: string): ReturnType<typeof needing> =>
      needing(project, 'cargo', { command: `cargo ${command}`, because })
    const clippy = await usesClippy(project.files, manifest)
    const formatted = await usesFormatter(project.files)
    return {
      compile: await cargo(`check${all} --all-targets`),
      test: await cargo(`test${all}`),
      ...(clippy !== null
        ? {
            lint: await needing(project, 'cargo-clippy', {
              command: `cargo clippy${all} --all-targets -- -D warnings`,
              because: `${because}, and ${clippy}`,
            }),
          }
        : formatted !== null
          ? {
              lint: await needing(project, 'cargo-fmt', {
                command: 'cargo fmt --all -- --check',
                because: `${because}, and ${formatted}`,
              }),
            }
          : {}),
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

/** Why Clippy is part of the project; null when the project does not use it. */
async function usesClippy(files: ProjectFiles, manifest: string): Promise<string | null> {
  const config = await firstExisting(files, ['clippy.toml', '.clippy.toml'])
  if (config !== null) return `${config} is present`
  if (/^\[(?:workspace\.)?lints\.clippy\]/m.test(manifest)) return 'it configures Clippy'
  if (/\bcargo(?: \+\S+)? clippy\b|command: clippy|clippy-check/.test(await ciText(files)))
    return "the project's CI runs Clippy"
  return null
}

async function usesFormatter(files: ProjectFiles): Promise<string | null> {
  const config = await firstExisting(files, ['rustfmt.toml', '.rustfmt.toml'])
  if (config !== null) return `${config} is present`
  return /\bcargo(?: \+\S+)? fmt\b/.test(await ciText(files)) ? "the project's CI checks formatting" : null
}
