import type { Problems } from './problems.js'
import type { YamlEntry, YamlNode } from './tree.js'

/** Gathers the entries of one mapping: refuses duplicates, then adds what merge keys (`<<`) bring. */
export class EntryCollector {
  readonly #problems: Problems
  readonly #own: Map<string, YamlEntry> = new Map()
  readonly #merges: YamlNode[] = []

  constructor(problems: Problems) {
    this.#problems = problems
  }

  add(key: YamlNode, value: YamlNode): void {
    if (key.kind !== 'scalar' || (key.value === null && key.source === '')) {
      this.#problems.report('GUMP-W009', key, 'a key must be a plain word')
      return
    }
    const name = typeof key.value === 'string' ? key.value : key.source
    if (name === '<<') {
      this.#merges.push(value)
      return
    }
    if (this.#own.has(name)) {
      this.#problems.report('GUMP-W008', key, `the key "${name}" is written twice`)
      return
    }
    this.#own.set(name, { key: name, at: { start: key.start, end: key.end }, value })
  }

  /** Own entries win over merged ones, earlier merges over later ones. */
  finish(): readonly YamlEntry[] {
    for (const merge of this.#merges) {
      for (const source of merge.kind === 'seq' ? merge.items : [merge]) {
        if (source.kind === 'map') this.#take(source.entries)
        else
          this.#problems.report('GUMP-W012', source, '<< merges mappings only', {
            expected: 'an alias to a mapping',
          })
      }
    }
    return [...this.#own.values()]
  }

  #take(entries: readonly YamlEntry[]): void {
    for (const entry of entries) if (!this.#own.has(entry.key)) this.#own.set(entry.key, entry)
  }
}
