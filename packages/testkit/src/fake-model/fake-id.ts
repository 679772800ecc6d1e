import { randomBytes } from 'node:crypto'

/** An id that never repeats: programs under test remember the ids of earlier runs. */
export function fakeId(prefix: string): string {
  return `${prefix}${randomBytes(12).toString('hex')}`
}
