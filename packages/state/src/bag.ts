/** A value that is too large to be carried around: its bytes are in an artifact of the run. */
export interface BagReference {
  readonly kind: 'artifact'
  /** Relative to the run's folder. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

/** A value of the state bag: a text, or a reference to a longer one that is kept as an artifact. */
export type BagValue = string | BagReference

/** Values over this many UTF-8 bytes belong into an artifact. */
export const maxInlineBytes: number = 64 * 1024

/**
 * The state bag: `<step path>.<field>` → value. Owned by whoever created it and changed in place; step paths hold no dot, so
 * the first dot of a key ends the path.
 *
 * @example
 * ```ts
 * const bag = createBag({ 'decompose/add-auth/impl.status': 'pass' })
 * bag.get('decompose/add-auth/impl.status') // 'pass'
 * bag.keys('decompose') // ['decompose/add-auth/impl.status']
 * ```
 */
export interface Bag {
  get(key: string): BagValue | undefined
  set(key: string, value: BagValue): void
  /** Keys of a step and of everything below it, or all; in order of insertion. */
  keys(path?: string): readonly string[]
  /** Makes the step's keys its previous attempt's: `impl.output` becomes `impl.prev.output`, what was `prev` is gone. */
  archive(step: string): void
  /** Removes the keys of a step and of everything below it. */
  remove(path: string): void
  /** Plain data, the shape {@link createBag} takes. */
  toJSON(): Readonly<Record<string, BagValue>>
}

/** Creates a bag, empty or with the entries of a snapshot. */
export function createBag(entries: Readonly<Record<string, BagValue>> = {}): Bag {
  const steps = new Map<string, Map<string, BagValue>>()

  const set = (key: string, value: BagValue): void => {
    const [step, field] = splitKey(key)
    const fields = steps.get(step) ?? new Map<string, BagValue>()
    fields.set(field, value)
    steps.set(step, fields)
  }
  const below = (path?: string): readonly string[] =>
    [...steps.keys()].filter((step) => path === undefined || step === path || step.startsWith(`${path}/`))
  const keys = (path?: string): readonly string[] =>
    below(path).flatMap((step) =>
      [...(steps.get(step)?.keys() ?? [])].map((field) => (field === '' ? step : `${step}.${field}`)),
    )
  const get = (key: string): BagValue | undefined => {
    const [step, field] = splitKey(key)
    return steps.get(step)?.get(field)
  }

  for (const [key, value] of Object.entries(entries)) set(key, value)

  return {
    get,
    set,
    keys,
    archive(step) {
      const fields = steps.get(step)
      if (fields === undefined) return
      const archived = [...fields].filter(([field]) => !field.startsWith('prev.'))
      steps.set(step, new Map(archived.map(([field, value]) => [`prev.${field}`, value])))
    },
    remove(path) {
      for (const step of below(path)) steps.delete(step)
    },
    toJSON() {
      // Keys come from task names: a null prototype, so that `__proto__` is a key like any other.
      const data: Record<string, BagValue> = Object.create(null) as Record<string, BagValue>
      for (const key of keys()) {
        const value = get(key)
        if (value !== undefined) data[key] = value
      }
      return data
    },
  }
}

function splitKey(key: string): readonly [string, string] {
  const dot = key.indexOf('.')
  return dot < 0 ? [key, ''] : [key.slice(0, dot), key.slice(dot + 1)]
}
