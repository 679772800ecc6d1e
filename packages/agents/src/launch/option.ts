/** The option and its value as two arguments, or nothing when there is no value. */
export function option(name: string, value: string | number | null | undefined): readonly string[] {
  return value === null || value === undefined ? [] : [name, String(value)]
}
