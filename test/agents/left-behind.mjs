import { readdirSync, readFileSync } from 'node:fs'

function words(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0')
  } catch {
    // It has ended, or belongs to another user.
    return []
  }
}

/**
 * Every process that was started, at whatever remove, by something with this variable in its environment.
 * Needs `/proc`; elsewhere nothing is found.
 *
 * @param {string} variable `NAME=value`
 */
export function leftBehind(variable) {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && words(name, 'environ').includes(variable))
    .map((pid) => `${pid} ${words(pid, 'cmdline').join(' ').trim()}`)
}
