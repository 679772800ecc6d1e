/** Names of the rules of a Makefile: no assignments (`:=`, `::=`), no pattern rules. */
export function makeTargets(text: string): string[] {
  return [...text.matchAll(/^([A-Za-z0-9_./ -]+?)\s*::?(?![=:])/gm)].flatMap(([, names]) =>
    (names ?? '').split(/\s+/),
  )
}
