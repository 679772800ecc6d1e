/** What name resolution has to know about a step: a projection of the workflow, the same for validation and run time. */
export interface ScopeStep {
  readonly name: string
  /** Result names of the step's own gates. */
  readonly gates?: readonly string[]
  /** The steps of a group, or what a split or `foreach` does for each task. */
  readonly steps?: readonly ScopeStep[]
  /** What is inside runs once per task, so that the task's name or number follows in the path. */
  readonly perTask?: boolean
  /**
   * The name of the workflow that it calls in GET, as far as the last `/`: the step knows its state as `{state.KEY}` and
   * `{NAME.state.KEY}`, and its result as `{NAME.output}`.
   */
  readonly callsInGet?: string
}

/** Where variables are looked up from. */
export interface ScopeOptions {
  /** Top-level steps of the workflow. Pass the same array for every step of it: an index of the names is kept by identity. */
  readonly steps: readonly ScopeStep[]
  /**
   * Path of the step within its workflow: `decompose/add-auth/impl` while it runs; while nothing is known about the tasks, `*`
   * in place of their names. Empty: the workflow itself.
   */
  readonly at: string
  /** Path under which the workflow runs, for sub-workflows. Default: none. */
  readonly root?: string
  /** v3 files also know `{item.*}` and `{steps.<name>.<field>}`. Default `v4`. */
  readonly dialect?: 'v4' | 'v3'
  /** Names of the inputs that are given; `spec`, `diff` and `error` among them shadow the built-in variables. */
  readonly inputs?: Iterable<string>
}

/** The names of one list of steps, under the path it runs at. */
export interface ScopeLevel {
  readonly path: string
  readonly steps: readonly ScopeStep[]
}

/** Where a name is resolved: a chain of levels, innermost first. Create with {@link createScope}. */
export interface Scope {
  readonly levels: readonly ScopeLevel[]
  /** The step itself and the groups around it, innermost first. */
  readonly owners: readonly { readonly path: string; readonly step: ScopeStep }[]
  /** A task is being worked on, so `{task.*}` has a value. */
  readonly inTask: boolean
  readonly dialect: 'v4' | 'v3'
  readonly inputs: ReadonlySet<string>
}

/** A step that can be named from somewhere. */
export interface VisibleStep {
  /** Full path; `*` stands for the task while it is not known. */
  readonly path: string
  readonly step: ScopeStep
}

/**
 * Describes where a step stands, for {@link resolveName}. Throws a RangeError when `at` names no step of the workflow, which is a
 * mistake of the caller and never of a user.
 *
 * @example
 * ```ts
 * const steps = [{ name: 'decompose', perTask: true, steps: [{ name: 'red' }, { name: 'green' }] }, { name: 'quality' }]
 * const scope = createScope({ steps, at: 'decompose/add-auth/green' })
 * resolveName('red.diff', scope) // { status: 'found', source: 'step', key: 'decompose/add-auth/red.diff', … }
 * ```
 */
export function createScope(options: ScopeOptions): Scope {
  let level: ScopeLevel = { path: options.root ?? '', steps: options.steps }
  const levels = [level]
  const owners: { path: string; step: ScopeStep }[] = []
  let inTask = false

  const segments = options.at === '' ? [] : options.at.split('/')
  while (segments.length > 0) {
    const name = segments.shift()
    const step = namesOf(level.steps)
      .get(name ?? '')
      ?.find((candidate) => candidate.path === name)?.step
    if (step === undefined) throw new RangeError(`no step at ${options.at}`)
    let path = joinPath(level.path, step.name)
    owners.unshift({ path, step })
    if (segments.length === 0) break
    if (step.perTask === true) {
      path = joinPath(path, segments.shift() ?? '')
      inTask = true
    }
    level = { path, steps: step.steps ?? [] }
    levels.unshift(level)
  }

  return {
    levels,
    owners,
    inTask,
    dialect: options.dialect ?? 'v4',
    inputs: new Set(options.inputs),
  }
}

/** All steps of that name which the scope can see; the steps of plain groups are as visible as the group. */
export function visibleSteps(name: string, scope: Scope): readonly VisibleStep[] {
  const found = new Map<string, VisibleStep>()
  for (const level of scope.levels) {
    for (const entry of namesOf(level.steps).get(name) ?? []) {
      const path = joinPath(level.path, entry.path)
      found.set(path, { path, step: entry.step })
    }
  }
  return [...found.values()]
}

/** The names that the scope can see, innermost first, for proposals: so many that nobody reads more, in bounded time. */
export function visibleNames(scope: Scope, limit = 500): readonly string[] {
  const names = new Set<string>()
  for (const level of scope.levels) {
    for (const name of namesOf(level.steps).keys()) {
      if (names.size >= limit) return [...names]
      names.add(name)
    }
  }
  return [...names]
}

/** All steps that run once per task and can be seen. */
export function visibleSplits(scope: Scope): readonly VisibleStep[] {
  return visibleNames(scope, Infinity)
    .flatMap((name) => visibleSteps(name, scope))
    .filter((visible) => visible.step.perTask === true)
}

export function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`
}

type Names = ReadonlyMap<string, readonly VisibleStep[]>
const indexes = new WeakMap<readonly ScopeStep[], Names>()

function namesOf(steps: readonly ScopeStep[]): Names {
  const known = indexes.get(steps)
  if (known !== undefined) return known
  const names = new Map<string, VisibleStep[]>()
  const add = (list: readonly ScopeStep[], path: string): void => {
    for (const step of list) {
      const entry = { path: joinPath(path, step.name), step }
      const same = names.get(step.name)
      if (same === undefined) names.set(step.name, [entry])
      else same.push(entry)
      if (step.perTask !== true && step.steps !== undefined) add(step.steps, entry.path)
    }
  }
  add(steps, '')
  indexes.set(steps, names)
  return names
}
