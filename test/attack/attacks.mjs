import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = join(import.meta.dirname, 'attacks')

/** The files below `attacks/`, relative to it. */
export const attackFiles = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.mjs'))
  .toSorted()

/** Reads one attack; it is called like its file. */
export async function loadAttack(file) {
  const { default: attack } = await import(pathToFileURL(join(folder, file)).href)
  return { ...attack, name: basename(file, '.mjs'), file }
}

/** All of them, in the order of their files. */
export async function loadAttacks() {
  return Promise.all(attackFiles.map(loadAttack))
}
