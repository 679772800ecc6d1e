import { callsOf, type LoadedWorkflow, type Step } from '@gump/schema'

/** A value that is known before the run, and where a workflow writes it; a person's own has no place. */
export interface GivenValue {
  readonly text: string
  readonly at?: { readonly file: string; readonly range: Step['range'] }
}

/** What a person gives the workflow that is run. */
export interface GivenInputs {
  /** Reference of that workflow. */
  readonly root: string
  readonly inputs: Readonly<Record<string, string>>
}

/** Looks up what an input of a workflow can be, in every call of it and in what is given to the first. */
export function givenValues(
  workflows: Readonly<Record<string, LoadedWorkflow>>,
  given: GivenInputs | undefined,
): (workflow: string, input: string) => readonly GivenValue[] {
  const calls = Object.entries(workflows).flatMap(([from, { workflow, source }]) =>
    [...callsOf(workflow.steps)].map(({ call }) => ({ from, file: source.file, call })),
  )
  const known = new Map<string, readonly GivenValue[]>()
  const lookUp = (workflow: string, input: string): readonly GivenValue[] => {
    const key = JSON.stringify([workflow, input])
    const before = known.get(key)
    if (before !== undefined) return before
    // Workflows with mistakes may call each other in a circle.
    known.set(key, [])
    const found = new Map<string, GivenValue>()
    const own = given?.root === workflow ? Object.entries(given.inputs) : []
    for (const [name, text] of own) if (name === input) found.set(text, { text })
    for (const { from, file, call } of calls) {
      const value =
        call.workflow === workflow ? Object.entries(call.with).find(([name]) => name === input) : undefined
      if (value === undefined) continue
      const [, { text, range }] = value
      const passedOn = inputNamed(text)
      const values = passedOn === null ? [{ text, at: { file, range } }] : lookUp(from, passedOn)
      for (const item of values)
        if (!item.text.includes('{') && !found.has(item.text)) found.set(item.text, item)
    }
    const values = [...found.values()]
    known.set(key, values)
    return values
  }
  return lookUp
}

/** The name in a text that is one variable and nothing else. */
export function inputNamed(text: string): string | null {
  return /^\s*\{([A-Za-z0-9_-]+)\}\s*$/.exec(text)?.[1] ?? null
}
