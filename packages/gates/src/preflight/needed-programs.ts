import { makeRecipes } from './make-recipes.js'
import { readShellText, type SimpleCommand } from '../commands/simple-commands.js'
import { calledScripts, packageScripts } from '../project/package-scripts.js'
import type { ProjectFiles } from '../project/project-files.js'
import { SHELL_WORDS, WRAPPERS } from './shell-builtins.js'

/** A program that a command would start. */
export interface NeededProgram {
  readonly name: string
  /** What leads there: `npm test`, `make lint`. Empty for the command itself. */
  readonly via: readonly string[]
  /** Where it may come from besides PATH. */
  readonly scope: 'system' | 'node' | 'python'
  /**
   * The command cannot succeed without it. False for a program of a branch, and for one that something earlier may
   * install, define or put on PATH.
   */
  readonly isRequired: boolean
}

const MAX_DEPTH = 8
const MAX_PROGRAMS = 200
const MAX_SCRIPT = 256 * 1024
const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun'])
/** Verbs of package managers that are no script and no program of a dependency. */
const VERBS =
  /^(?:install|i|ci|add|remove|link|pack|publish|version|config|cache|audit|outdated|why|list|ls|store|workspaces?|workspace|dedupe|rebuild|set|plugin|node|init|create|info|up|update|fetch|build|test|--filter|-F|-r|--recursive|-C|--dir|--prefix)$/

/** What may bring programs: package managers that install, sets of tools that are chosen, and text that is carried out. */
const MAY_BRING =
  /^(?:(?:\.|source|eval|nvm|fnm|volta|asdf|mise|rtx|conda|mamba|pyenv|rbenv|direnv|module|nix|nix-shell|devbox|corepack) |\S+ (?:\S+ )*(?:install|i|ci|add|sync|get|restore|bootstrap|setup|develop) )/
/** Programs that are asked for before they are used. */
const LOOKUP = /\b(?:command\s+-[vV]|which|type(?:\s+-\w+)?|hash)\s+["']?([\w.+-]+)/g

/**
 * The programs that shell text starts, followed through scripts of package.json, rules of Makefiles, recipes of just and
 * shell scripts of the repository. Files are read, nothing is run. What the text does not show (variables,
 * substitutions) is left out.
 */
export async function neededPrograms(files: ProjectFiles, command: string): Promise<NeededProgram[]> {
  const found = new Map<string, NeededProgram>()
  const seen = new Set<string>()
  await walk({ files, found, seen }, command, { via: [], folder: '', scope: 'system', isRequired: true })
  return [...found.values()]
}

interface Walk {
  readonly files: ProjectFiles
  readonly found: Map<string, NeededProgram>
  readonly seen: Set<string>
}

interface Place {
  readonly via: readonly string[]
  readonly folder: string
  readonly scope: NeededProgram['scope']
  readonly isRequired: boolean
}

async function walk(state: Walk, text: string, start: Place): Promise<void> {
  const key = `${start.folder}\0${text}`
  if (state.seen.has(key) || start.via.length > MAX_DEPTH) return
  state.seen.add(key)
  let place = start
  const { commands, functions } = readShellText(text)
  const lookedUp = new Set([...text.matchAll(LOOKUP)].map(([, name]) => name ?? ''))
  for (const command of commands) {
    const { words, text: whole } = command
    const program = words[0] ?? ''
    if (setsPath(command)) {
      if (/node_modules\/\.bin/.test(whole)) place = { ...place, scope: 'node' }
      else if (!/\.venv\/bin/.test(whole)) place = { ...place, isRequired: false }
    }
    if (/\.venv\/bin/.test(whole)) place = { ...place, scope: 'python' }
    if (program === 'cd') place = { ...place, folder: inside(place.folder, words[1] ?? '') ?? place.folder }
    else if (!functions.has(program) && !lookedUp.has(program))
      await one(state, words, { ...place, isRequired: place.isRequired && command.isRequired })
    if (MAY_BRING.test(`${words.slice(0, 5).join(' ')} `) && !/\.venv\/bin\/activate/.test(whole))
      place = { ...place, isRequired: false }
  }
}

function setsPath({ words, assigned }: SimpleCommand): boolean {
  return [...assigned, ...(/^(?:export|declare|typeset)$/.test(words[0] ?? '') ? words : [])].some((each) =>
    /^PATH\+?=/.test(each),
  )
}

async function one(state: Walk, words: readonly string[], place: Place): Promise<void> {
  const [program = '', ...rest] = words
  if (program === '' || /[$`*?<>{}()=]/.test(program) || program.startsWith('-') || SHELL_WORDS.has(program))
    return
  if (program.includes('/')) return script(state, program, place)
  note(state, program, place)
  const via = [...place.via, words.slice(0, 3).join(' ')]
  if (WRAPPERS.has(program)) return one(state, wrapped(rest), place)
  if (program === 'bash' || program === 'sh') return shell(state, rest, { ...place, via })
  if (program === 'make' || program === 'gmake') return make(state, rest, { ...place, via })
  if (program === 'just') return just(state, rest, { ...place, via })
  if (MANAGERS.has(program)) return manager(state, words, { ...place, via })
  const launched = launchedBy(program, rest)
  if (launched !== null) await one(state, launched.words, { ...place, via, scope: launched.scope })
}

function note({ found }: Walk, name: string, { via, scope, isRequired }: Place): void {
  const known = found.get(name)
  if (known === undefined ? found.size < MAX_PROGRAMS : isRequired && !known.isRequired)
    found.set(name, { name, via, scope, isRequired })
}

/** What a wrapper runs: its first word that is no option, assignment or number; none where that may be the value of an option. */
function wrapped(words: readonly string[]): readonly string[] {
  const at = words.findIndex(
    (word) => !word.startsWith('-') && !/^\w+=/.test(word) && !/^[\d.]+[smhd]?$/.test(word),
  )
  const before = words[at - 1] ?? ''
  const isUnclear = before.startsWith('-') && before !== '--' && !before.includes('=')
  return at === -1 || isUnclear ? [] : words.slice(at)
}

/** `npx tsc`, `bundle exec rake`, `uv run pytest`: programs that the project's own environment has. */
function launchedBy(
  program: string,
  rest: readonly string[],
): { readonly words: readonly string[]; readonly scope: NeededProgram['scope'] } | null {
  // What npx and its kind would download is not told from what is installed.
  if (program === 'npx' && rest[0] === '--no-install') return { words: rest.slice(1), scope: 'node' }
  return null
}

async function shell(state: Walk, rest: readonly string[], place: Place): Promise<void> {
  const flag = rest.findIndex((word) => /^-\w*c$/.test(word))
  if (flag !== -1) return walk(state, rest[flag + 1] ?? '', place)
  const file = rest.find((word) => !word.startsWith('-'))
  if (file !== undefined) await script(state, file, place)
}

/** A file of the repository: what its first line names, and what it starts when it is a shell script. */
async function script(state: Walk, path: string, place: Place): Promise<void> {
  const file = inside(place.folder, path)
  const text = file === null ? null : await state.files.readFile(file)
  if (text === null || text.length > MAX_SCRIPT) return
  const first = /^#!\s*(\S+)(?:\s+(?:-S\s+)?(\S+))?/.exec(text)
  const interpreter = first?.[1]?.endsWith('/env') === true ? first[2] : first?.[1]?.replace(/^.*\//, '')
  const via = [...place.via, path]
  if (interpreter !== undefined && !/^(?:ba|da|z|k)?sh$/.test(interpreter))
    note(state, interpreter, { ...place, via })
  // Gradle's and Maven's wrappers find their program by themselves.
  if (/^(?:gradlew|mvnw)$/.test(path.replace(/^.*\//, ''))) return
  if (first !== null && interpreter !== undefined && /^(?:ba|da|k)?sh$/.test(interpreter))
    await walk(state, text, { ...place, via })
}

async function make(state: Walk, rest: readonly string[], place: Place): Promise<void> {
  const at = rest.findIndex((word) => word === '-C' || word === '--directory')
  const folder = at === -1 ? place.folder : inside(place.folder, rest[at + 1] ?? '')
  if (folder === null || rest.some((word) => word === '-f')) return
  const targets = rest.filter(
    (word, index) => !word.startsWith('-') && !word.includes('=') && !/^-[Cj]$/.test(rest[index - 1] ?? ''),
  )
  for (const name of ['GNUmakefile', 'makefile', 'Makefile']) {
    const text = await state.files.readFile(folder === '' ? name : `${folder}/${name}`)
    if (text === null) continue
    for (const { text: line, isRequired } of makeRecipes(text, targets))
      await walk(state, line, { ...place, folder, isRequired: place.isRequired && isRequired })
    return
  }
}

async function just(state: Walk, rest: readonly string[], place: Place): Promise<void> {
  const wanted = rest.filter((word) => !word.startsWith('-'))
  for (const name of ['justfile', 'Justfile', '.justfile']) {
    const text = await state.files.readFile(place.folder === '' ? name : `${place.folder}/${name}`)
    if (text === null) continue
    for (const recipe of wanted) {
      const escaped = recipe.replace(/[^\w-]/g, '')
      const body =
        new RegExp(`^@?${escaped}(?:\\s[^:\\n]*)?:(?!=).*\\n((?:[ \\t]+.*\\n?|\\n)*)`, 'm').exec(
          `${text}\n`,
        )?.[1] ?? ''
      if (/^\s*#!/.test(body)) continue
      const isPlain = !/^\s*set\s+(?:windows-)?shell\b|^\s*export\s+PATH\b/m.test(text)
      for (const line of body.split('\n').map((each) => each.trim())) {
        const isRequired = place.isRequired && isPlain && !/^@?-/.test(line)
        await walk(state, line.replace(/^[@-]+/, ''), { ...place, isRequired })
      }
    }
    return
  }
}

async function manager(state: Walk, words: readonly string[], place: Place): Promise<void> {
  const path = place.folder === '' ? 'package.json' : `${place.folder}/package.json`
  const scripts = packageScripts((await state.files.readFile(path)) ?? '')
  const called = calledScripts(words, scripts.names)
  for (const name of called) {
    for (const each of [`pre${name}`, name, `post${name}`]) {
      const text = scripts.text(each)
      if (text !== null) await walk(state, text, { ...place, scope: 'node' })
    }
  }
  if (called.length > 0) return
  const [program = '', verb = '', ...rest] = words
  const run = verb === 'exec' || verb === 'x' || (verb === 'run' && (program === 'yarn' || program === 'bun'))
  if (run) {
    const inner = rest.filter((word, at) => !(at === 0 && word === '--'))
    if (inner[0] !== undefined && !inner[0].startsWith('-'))
      await one(state, inner, { ...place, scope: 'node' })
  } else if (
    /^(?:pnpm|yarn)$/.test(program) &&
    /^[a-z][\w.-]*$/.test(verb) &&
    !VERBS.test(verb) &&
    verb !== 'run'
  ) {
    await one(state, [verb, ...rest], { ...place, scope: 'node' })
  }
}

/** A path of the repository, or null for one that leaves it or is unclear. */
function inside(folder: string, path: string): string | null {
  if (path.startsWith('/') || /[$`*?~]/.test(path)) return null
  const parts: string[] = []
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}
