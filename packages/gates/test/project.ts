import {
  createCommandResolver,
  treeFiles,
  type CommandResolverOptions,
  type ProjectFiles,
} from '../src/index.js'

/** A project in memory: path → text. */
export function project(files: Readonly<Record<string, string>>): ProjectFiles {
  return treeFiles(Object.keys(files), async (path) => files[path] ?? null)
}

/** `command (because)` of an alias, or `– because [remedy]`. */
export async function resolve(
  files: Readonly<Record<string, string>>,
  alias: string,
  options: Partial<CommandResolverOptions> = {},
): Promise<string> {
  const answer = await createCommandResolver({ files: project(files), ...options }).resolve(alias)
  return answer.status === 'resolved' ? answer.command : `– ${answer.because} [${answer.remedy}]`
}

/** A package.json with these scripts. */
export function packageJson(scripts: Readonly<Record<string, string>>, more: object = {}): string {
  return JSON.stringify({ name: 'm', scripts, ...more })
}
