// One run from start to apply, for a test that kills it. Arguments: the compiled package, the repository, and `die` to
// end by SIGKILL at the first fault point that no earlier process died at. A process continues where the last one was:
// steps whose results were written down are not repeated, the one in progress is.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [, , library, repo, die] = process.argv
const { openWorkspace } = await import(library)

const grave = join(repo, '../died')
const died = new Set(existsSync(grave) ? readFileSync(grave, 'utf8').split('\n') : [])
const workspace = await openWorkspace(repo, {
  env: process.env,
  fault: (name) => {
    if (die !== 'die' || died.has(name)) return
    appendFileSync(grave, `${name}\n`)
    process.kill(process.pid, 'SIGKILL')
  },
})

const ledger = join(repo, '../ledger')
const known = new Map(
  existsSync(ledger)
    ? readFileSync(ledger, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [],
)
/** Does a step whose result is not known yet, and writes the result down. */
async function once(name, step) {
  if (!known.has(name)) {
    const result = (await step()) ?? null
    appendFileSync(ledger, `${JSON.stringify([name, result])}\n`)
    known.set(name, result)
  }
  return known.get(name)
}
const describe = (subject, status) => ({ subject, trailers: { 'Gump-Run': 'r1', 'Gump-Status': status } })

const head = await once('head', async () => (await workspace.facts()).head)
await once('exclude', () => workspace.excludeOwnFolders(['node_modules']))

/** What every branch of the run does: a worktree, a step that an agent makes, a gate that litters, a commit. */
async function work(name, base, edit) {
  const request = { dir: `.gump/worktrees/${name}`, branch: `gump/run-r1.${name}`, commit: base }
  const dir = await once(`${name} ready`, async () => (await workspace.openWorktree(request)).dir)
  const worktree = await workspace.reopenWorktree(request)
  await once(`${name} out`, () => worktree.emptyOut())
  await once(`${name} agent`, () => edit(dir))
  const ref = `refs/gump/r1/${name}/@1.1.1`
  const snapshot = await once(`${name} snapshot`, () =>
    worktree.snapshot({ base, ref, describe: describe(name, 'unverified') }),
  )
  await once(`${name} diff`, () => worktree.writeDiff(base, snapshot.commit, join(repo, `../${name}.patch`)))
  await once(`${name} gate`, () => {
    writeFileSync(join(dir, 'litter'), '')
    writeFileSync(join(dir, 'kept.txt'), 'changed by a gate\n')
  })
  await once(`${name} restore`, () => worktree.restore(snapshot.commit, 'reset'))
  const commit = await once(`${name} promote`, () =>
    worktree.promote({ from: base, snapshot: snapshot.commit, describe: describe(name, 'pass') }),
  )
  return { commit, worktree, dir }
}

const one = await work('one', head, (dir) => writeFileSync(join(dir, 'one.txt'), 'one\r\n'))
const two = await work('two', head, (dir) => {
  mkdirSync(join(dir, 'two'), { recursive: true })
  writeFileSync(join(dir, 'two/two.txt'), 'two\n')
})
const merged = await once('integrate', () =>
  workspace.integrate({
    ours: one.commit,
    theirs: two.commit,
    base: head,
    describe: describe('merge', 'pass'),
  }),
)
await once('move', () => workspace.moveRef('refs/heads/gump/run-r1.one', one.commit, merged.commit))
await once('bring', () => one.worktree.restore(merged.commit, 'pristine'))
await once('by hand', () => writeFileSync(join(one.dir, 'by-hand.txt'), 'mine\n'))
const adopted = await once('adopt', () =>
  one.worktree.adopt({ base: merged.commit, describe: describe('by hand', 'adopted') }),
)
/** Applies; a process that died between the end of the work and its note meets its own result. */
async function apply(request) {
  try {
    return await workspace.apply({
      runId: 'r1',
      commit: adopted,
      describe: describe('Apply', 'pass'),
      ...request,
    })
  } catch (error) {
    if (error.code === 'GUMP-G005') return null
    throw error
  }
}
await once('branch', () => apply({ mode: 'branch', branchName: 'kept' }))
await once('apply', () => apply({ mode: 'merge', expendable: ['one.txt'] }))
await workspace.close()
