/** Finds a program as the commands of gates will: its absolute path, or nothing when it is not on PATH. */
export type FindProgram = (name: string) => string | null | undefined | Promise<string | null | undefined>

/** False when the program is known not to be there. */
export async function isPresent(findProgram: FindProgram | undefined, program: string): Promise<boolean> {
  return findProgram === undefined || ((await findProgram(program)) ?? null) !== null
}
