/** A stretch of the file, as UTF-16 offsets; `end` is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** YAML after aliases and merge keys: what the readers work on. Offsets are those of the file as written. */
export type YamlNode = YamlMap | YamlSeq | YamlScalar

export interface YamlMap extends Span {
  readonly kind: 'map'
  readonly entries: readonly YamlEntry[]
  /** Written with braces. */
  readonly flow: boolean
}

export interface YamlEntry {
  readonly key: string
  readonly at: Span
  readonly value: YamlNode
}

export interface YamlSeq extends Span {
  readonly kind: 'seq'
  readonly items: readonly YamlNode[]
}

export interface YamlScalar extends Span {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** A non-string as it was written: `007`, `1e3`, `~`. */
  readonly source: string
}
