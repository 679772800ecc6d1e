import { isGumpError } from '@gump/errors'
import { acquireOwner, createRunStore } from '../../src/index.js'

// Waits for its start signal, tries once, says what came of it, and lives until its input ends.
const [what = '', target = ''] = process.argv.slice(2)
process.stdin.once('data', () => {
  process.stdout.write(`${what === 'owner' ? own() : name()}\n`)
})
process.stdin.once('end', () => process.exit(0))
process.stdout.write('ready\n')

function own(): string {
  const identity = { pid: process.pid, pidStart: null, bootId: null, host: 'here', pidNamespace: null }
  try {
    const owner = acquireOwner({
      runDir: target,
      identity,
      probe: ({ pid }) => (lives(pid) ? 'alive' : 'dead'),
    })
    return `won ${owner.number}`
  } catch (error) {
    return isGumpError(error) ? `${error.code} ${String(error.data['pid'])}` : String(error)
  }
}

function name(): string {
  return createRunStore(target).create(`run-${process.pid}`, Date.UTC(2026, 2, 23, 18, 42)).alias ?? ''
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
