// Removes the run of scenario.mjs, dying in the same way.
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [, , library, repo, die] = process.argv
const { openWorkspace } = await import(library)

const grave = join(repo, '../died')
const died = new Set(readFileSync(grave, 'utf8').split('\n'))
const workspace = await openWorkspace(repo, {
  env: process.env,
  fault: (name) => {
    if (die !== 'die' || died.has(name)) return
    appendFileSync(grave, `${name}\n`)
    process.kill(process.pid, 'SIGKILL')
  },
})
await workspace.removeRun('r1')
await workspace.close()
