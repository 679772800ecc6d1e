/** `a.b` → the values that stand there; a list has several. */
export type Settings = ReadonlyMap<string, readonly string[]>
