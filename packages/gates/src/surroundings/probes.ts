import { firstExisting, type ProjectFiles } from '../project/project-files.js'
import { ownPackages } from './own-packages.js'

const STARTS_SOMETHING =
  /(?:^|[\s;&|(/"'])(?:python[\d.]*|py\.?test|tox|nox|hatch|uv|poetry|pipenv|node|npm|npx|pnpm|yarn|bun|bunx|deno|tsc|tsx|vitest|jest|mocha|ava|tap|go|cargo|make|just|task|bash|sh|\.\/\S+)(?=$|[\s;&|)"'])/

/** A question to a runtime: where does the project's own code come from? */
export interface Probe {
  readonly language: string
  /** Shell text; prints `NAME<tab>PATH` for everything that was found. */
  readonly command: string
  /** Values for the command, as data. */
  readonly env: Readonly<Record<string, string>>
}

/** Something that a runtime takes from elsewhere. */
export interface ForeignSource {
  readonly language: string
  readonly name: string
  readonly path: string
}

const PYTHON_PROBE = String.raw`
import importlib.util, os, sys
for path in sys.path[1:]:
    if path: print("sys.path", os.path.realpath(path), sep="\t")
names = os.environ.get("GUMP_NAMES", "").split()
# Once as "python -m" sees it, with the folder that it is started in, and once as a program of the environment does.
for start in ([os.getcwd()], []):
    sys.path[0:1] = start or [os.path.dirname(os.__file__)]
    importlib.invalidate_caches()
    for name in names:
        try: spec = importlib.util.find_spec(name)
        except Exception: continue
        if spec is None: continue
        places = list(spec.submodule_search_locations or [])
        if spec.origin and os.path.isabs(spec.origin): places.append(spec.origin)
        for place in places: print(name, os.path.realpath(place), sep="\t")
        for loaded in [each for each in sys.modules if each == name.split(".")[0] or each.startswith(name.split(".")[0] + ".")]: del sys.modules[loaded]
`

const NODE_PROBE = String.raw`
const { createRequire } = require('node:module'), fs = require('node:fs'), path = require('node:path')
const from = createRequire(path.join(process.cwd(), 'gump-probe.js'))
for (const name of (process.env.GUMP_NAMES || '').split(' ').filter(Boolean)) {
  const seen = new Set()
  for (const folder of from.resolve.paths(name) || []) {
    const place = path.join(folder, name)
    try { seen.add(fs.realpathSync(place)) ; break } catch {}
  }
  try { seen.add(fs.realpathSync(from.resolve(name))) } catch {}
  for (const place of seen) console.log(name + '\t' + place)
}
for (const folder of require('node:module').globalPaths || []) if ((process.env.NODE_PATH || '').split(':').includes(folder)) console.log('NODE_PATH\t' + folder)
`

/**
 * The probes for the languages at the root of a project.
 *
 * @param command The command that is to run: some make environments of their own, which no probe sees.
 */
export async function probesFor(files: ProjectFiles, command: string): Promise<Probe[]> {
  // A command that starts no runtime takes nothing from anywhere.
  if (!STARTS_SOMETHING.test(command)) return []
  const own = await ownPackages(files)
  const probes: Probe[] = []
  const python = pythonOf(command)
  if (own.python.length > 0 && python !== null) {
    probes.push({
      language: 'Python',
      command: `${python} -c "$GUMP_PROGRAM" || true`,
      env: { GUMP_PROGRAM: PYTHON_PROBE, GUMP_NAMES: own.python.map(({ name }) => name).join(' ') },
    })
  }
  if (own.node.length > 0) {
    probes.push({
      language: 'Node',
      command: `command -v node >/dev/null 2>&1 && node -e "$GUMP_PROGRAM" || true`,
      env: { GUMP_PROGRAM: NODE_PROBE, GUMP_NAMES: own.node.join(' ') },
    })
  }
  if ((await firstExisting(files, ['go.mod', 'go.work'])) !== null) {
    probes.push({
      language: 'Go',
      command: `command -v go >/dev/null 2>&1 && { printf 'GOWORK\\t%s\\n' "$(go env GOWORK)"; GOFLAGS=-mod=mod go list -m -f '{{.Path}}{{"\\t"}}{{.Dir}}' 2>/dev/null; sed -nE 's/^.*=>[[:space:]]*(\\/[^[:space:]]+).*$/replace\\t\\1/p' go.mod 2>/dev/null; } || true`,
      env: {},
    })
  }
  if (await files.exists('Cargo.toml')) {
    probes.push({
      language: 'Rust',
      command: `command -v cargo >/dev/null 2>&1 && cargo metadata --no-deps --offline --format-version 1 2>/dev/null | grep -oE '"(manifest_path|target_directory|workspace_root|path)":"[^"]*"' | sed -E 's/^"([a-z_]+)":"(.*)"$/\\1\\t\\2/' || true`,
      env: {},
    })
  }
  return probes
}

/** How the command starts Python; null where tools make environments of their own, in which the project is installed. */
function pythonOf(command: string): string | null {
  if (/(?:^|[\s;&|(/])(?:tox|nox|hatch)\s/.test(command)) return null
  const launcher = /\b(?:uv run(?: --frozen)?|poetry run|pipenv run)\b/.exec(command)?.[0]
  return launcher === undefined ? 'PATH="$PWD/.venv/bin:$PATH" python3' : `${launcher} python`
}

/** What a probe printed that lies in one of the roots and not in the worktree. */
export function foreignSources(
  { language }: Probe,
  output: string,
  { checkout, worktree }: { readonly checkout: readonly string[]; readonly worktree: readonly string[] },
): ForeignSource[] {
  const within = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`)
  const found = output.split('\n').flatMap((line): ForeignSource[] => {
    const cut = line.indexOf('\t')
    const [name, path] = [line.slice(0, cut), line.slice(cut + 1).trim()]
    if (cut < 1 || !path.startsWith('/')) return []
    if (worktree.some((root) => within(path, root))) return []
    // The user's packages are what the set-up has to do with; only the project's own must not be among them.
    const installed = /\/(?:site-packages|dist-packages)(?:\/|$)/.test(path)
    if (installed ? name === 'sys.path' : !checkout.some((root) => within(path, root))) return []
    return [{ language, name, path }]
  })
  return found.filter(
    ({ name, path }, at) => found.findIndex((each) => each.name === name && each.path === path) === at,
  )
}
