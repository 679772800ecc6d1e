import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A repository in small: its files, what its CI runs, and what Gump must find. */
export interface Shape {
  /** The repository that it is modelled on, or a description. */
  readonly like: string
  /** What its own CI runs. */
  readonly ci: string
  /** Path → text; an object stands for its JSON. */
  readonly files: Readonly<Record<string, unknown>>
  readonly expect: {
    readonly compile: string | null
    readonly test: string | null
    readonly lint: string | null
    readonly coverage: string | null
    /** Runners that list tests; null: nothing lists them. */
    readonly tests_found: readonly string[] | null
    readonly unchecked?: readonly string[]
    readonly why_no_test?: string
  }
}

/** All shapes, by the name of their file. */
export function allShapes(): readonly Shape[] {
  const folder = fileURLToPath(new URL('./shapes', import.meta.url))
  return readdirSync(folder)
    .toSorted()
    .flatMap((file): Shape[] => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')))
}

/** The files of a shape as texts. */
export function filesOf(shape: Shape): Record<string, string> {
  return Object.fromEntries(
    Object.entries(shape.files).map(([path, text]) => [
      path,
      typeof text === 'string' ? text : JSON.stringify(text),
    ]),
  )
}
