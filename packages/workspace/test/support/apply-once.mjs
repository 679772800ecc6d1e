// One process that applies a commit: says `ready`, waits for stdin to end, then prints what came of it.
import { text } from 'node:stream/consumers'

const [, , library, repo, runId, commit] = process.argv
const { openWorkspace } = await import(library)
const workspace = await openWorkspace(repo, { env: process.env })
process.stdout.write('ready\n')
await text(process.stdin)

const describe = { subject: `apply ${runId}`, trailers: { 'Gump-Run': runId } }
try {
  const { status } = await workspace.apply({ runId, commit, mode: 'merge', describe })
  process.stdout.write(`${status}\n`)
} catch (error) {
  process.stdout.write(`${error.code ?? error.stack}\n`)
}
await workspace.close()
