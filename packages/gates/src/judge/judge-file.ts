/**
 * What a file has to do with how work is judged:
 * - `route`: a command goes through it on its way to the tool; it is always as the run began with.
 * - `recipe`: it describes the build, too, and is the attempt's; what it says about checks is compared.
 */
export type JudgeRole = 'route' | 'recipe'

const ROUTES: readonly RegExp[] = [
  // Package managers: scripts, shells, hooks and settings that decide what `npm test` starts.
  /(?:^|\/)(?:package|composer|deno)\.jsonc?$/,
  /(?:^|\/)\.(?:npmrc|yarnrc|yarnrc\.yml|pnpmfile\.cjs|pnpmfile\.mjs|pnp\.c?js)$/,
  /(?:^|\/)pnpm-workspace\.yaml$/,
  // Version managers and environment files choose the tool itself.
  /(?:^|\/)(?:\.nvmrc|\.node-version|\.python-version|\.ruby-version|\.tool-versions|\.?mise\.toml|\.envrc|\.env|rust-toolchain(?:\.toml)?)$/,
  /(?:^|\/)\.cargo\/config(?:\.toml)?$/,
  /(?:^|\/)\.bundle\/config$/,
  // Wrappers of build tools.
  /(?:^|\/)(?:gradlew|mvnw)$|(?:^|\/)(?:gradle\/wrapper|\.mvn)\//,
  // Python runs these before the first test.
  /(?:^|\/)(?:conftest|sitecustomize|usercustomize)\.py$/,
  /\.pth$/,
  // Programs that are looked up before those of the machine.
  /(?:^|\/)node_modules\/\.bin\//,
]

const RECIPES: readonly RegExp[] = [
  /(?:^|\/)(?:GNUmakefile|[Mm]akefile(?:\.\w+)?|[^/]*\.mk)$/,
  /(?:^|\/)\.?[Jj]ustfile$/,
  /(?:^|\/)(?:tox\.ini|noxfile\.py|Rakefile|Taskfile\.ya?ml)$/,
  /(?:^|\/)(?:CMakeLists\.txt|CTestTestfile\.cmake|meson\.build|configure\.ac|build\.gradle(?:\.kts)?|pom\.xml|build\.zig)$/,
]

/** The role of a path, or null for a file that influences no judge. Settings of runners are recognised by `isSettingsFile`. */
export function judgeRole(path: string): JudgeRole | null {
  if (ROUTES.some((pattern) => pattern.test(path))) return 'route'
  return RECIPES.some((pattern) => pattern.test(path)) ? 'recipe' : null
}
