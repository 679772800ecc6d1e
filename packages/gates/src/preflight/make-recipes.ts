const MAX_TARGETS = 100
const MAX_VALUE = 2000

/** A line that making a target runs. */
export interface RecipeLine {
  readonly text: string
  /** Its failure fails the target, and it is there under all conditions. */
  readonly isRequired: boolean
}

interface Rule {
  readonly prerequisites: readonly string[]
  readonly recipe: readonly string[]
}

/**
 * The lines of a Makefile that making these targets runs, with its simple variables put in. Without targets, those of
 * the first rule. Lines whose program stays a variable are left as they are.
 */
export function makeRecipes(makefile: string, targets: readonly string[]): RecipeLine[] {
  const text = makefile.replace(/\\\n[ \t]*/g, ' ')
  const variables = new Map<string, string>()
  const rules = new Map<string, Rule>()
  let first: string | null = null
  let open: string[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('\t')) {
      for (const target of open) {
        const rule = rules.get(target)
        if (rule !== undefined) rules.set(target, { ...rule, recipe: [...rule.recipe, line.slice(1)] })
      }
      continue
    }
    if (/^\s*(?:#|$)/.test(line)) continue
    const assigned = /^(?:export\s+)?([A-Za-z_]\w*)\s*(?::{0,3}|\?|\+)=\s*(.*)$/.exec(line)
    if (assigned !== null) {
      if (!(/\?=/.test(line) && variables.has(assigned[1] ?? ''))) {
        variables.set(assigned[1] ?? '', (assigned[2] ?? '').replace(/\s+#.*$/, '').slice(0, MAX_VALUE))
      }
      open = []
      continue
    }
    const head = /^([^:=#\s][^:=#]*?)\s*::?(?!=)([^;#]*)(?:;(.*))?/.exec(line)
    open = []
    if (head === null) continue
    open = (head[1] ?? '').split(/\s+/)
    for (const target of open) {
      const known = rules.get(target)
      rules.set(target, {
        prerequisites: [
          ...(known?.prerequisites ?? []),
          ...(head[2] ?? '').split(/\s+/).filter((word) => word !== '' && word !== '|'),
        ],
        recipe: [...(known?.recipe ?? []), ...(head[3] === undefined ? [] : [head[3]])],
      })
      if (first === null && !target.startsWith('.')) first = target
    }
  }
  const wanted = targets.length > 0 ? [...targets] : first === null ? [] : [first]
  const done = new Set<string>()
  const isConditional = /^\s*(?:ifn?eq|ifn?def)\b|^\s*(?:export\s+)?PATH\s*[:+?]*=/m.test(text)
  const lines: RecipeLine[] = []
  while (wanted.length > 0 && done.size < MAX_TARGETS) {
    const target = wanted.shift() ?? ''
    if (done.has(target)) continue
    done.add(target)
    const rule = rules.get(target)
    if (rule === undefined) continue
    wanted.push(...rule.prerequisites)
    for (const line of rule.recipe) {
      const [marks = ''] = /^[\s@+-]*/.exec(line) ?? []
      const isRequired = !isConditional && !marks.includes('-')
      lines.push({ text: expanded(line.slice(marks.length), variables), isRequired })
    }
  }
  return lines
}

const BUILT_IN: Readonly<Record<string, string>> = {
  MAKE: 'make',
  CC: 'cc',
  CXX: 'c++',
  RM: 'rm -f',
  SHELL: 'sh',
}

function expanded(line: string, variables: ReadonlyMap<string, string>): string {
  let text = line
  for (let depth = 0; depth < 4; depth += 1) {
    const next = text.replace(
      /\$[({]([A-Za-z_]\w*)[)}]/g,
      (whole, name: string) => variables.get(name) ?? BUILT_IN[name] ?? whole,
    )
    if (next === text || next.length > 4 * MAX_VALUE) break
    text = next
  }
  return text.replaceAll('$$', '$')
}
