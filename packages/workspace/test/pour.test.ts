import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { type Conversation, openConversation } from '../src/git/conversation.js'
import { describing, openRun, temporaryFolder, temporaryRepository } from './support/temporary-repository.js'

/** A conversation with a git that is this shell text. */
function talkWith(text: string): Conversation {
  const bin = temporaryFolder()
  writeFileSync(join(bin, 'git'), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  const talk = openConversation([], { cwd: bin, env: { PATH: `${bin}:${process.env['PATH']}` } })
  onTestFinished(() => talk.close())
  return talk
}

async function poured(talk: Conversation, request: string, terminator: string): Promise<string> {
  const pieces: Buffer[] = []
  await talk.pour(request, terminator, (bytes) => pieces.push(bytes))
  return Buffer.concat(pieces).toString()
}

test('what comes before the end is given whole, however it is cut', async () => {
  // Each letter is a write of its own.
  const talk = talkWith('while read -r line; do for l in a E b E N c E N D; do printf %s "$l"; done; done')
  expect(await poured(talk, 'x\n', 'END')).toBe('aEbENc')
  expect(await poured(talk, 'x\n', 'END')).toBe('aEbENc')
  expect((await talk.ask('x\n', 'END')).toString()).toBe('aEbENcEND')
})

test('an error of the receiver comes out when the answer is over, and the next answer is the next one', async () => {
  const talk = talkWith('while read -r line; do printf "%s END" "$line"; done')
  const full = new Error('no space')
  await expect(
    talk.pour('one\n', 'END', () => {
      throw full
    }),
  ).rejects.toBe(full)
  expect(await poured(talk, 'two\n', 'END')).toBe('two ')
})

test('a git that ends in the middle is an error, and the next one is another', async () => {
  const talk = talkWith('read -r line; [ "$line" = die ] && { printf half; exit 3; }; printf fineEND; cat')
  await expect(poured(talk, 'die\n', 'END')).rejects.toMatchObject({ code: 'GUMP-G001' })
  expect(await poured(talk, 'live\n', 'END')).toBe('fine')
})

test('one diff after the other is what git writes on its own', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n', 'b.txt': 'b\n'.repeat(20) })
  const workspace = await repository.open()
  const { head, worktree } = await openRun(workspace)
  const file = join(temporaryFolder(), 'diff.patch')
  for (const [n, content] of ['two\n', 'two\nwith more', ''].entries()) {
    writeFileSync(join(worktree.dir, 'a.txt'), content)
    if (n === 1) execFileSync('mv', ['b.txt', 'c.txt'], { cwd: worktree.dir })
    const { commit } = await worktree.snapshot({
      base: head,
      ref: `refs/gump/r1/s/@1.${n + 1}.1`,
      describe: describing('s'),
    })
    await worktree.writeDiff(head, commit ?? '', file)
    const own = repository.git('diff-tree', '-r', '-p', '-M', '--full-index', '--binary', head, commit ?? '')
    expect(readFileSync(file, 'utf8')).toBe(own)
  }
})

test('a patch process that is killed is replaced by one for this diff alone', async () => {
  const repository = temporaryRepository({ 'a.txt': 'one\n' })
  const bin = temporaryFolder()
  // Dies after half an answer, as a process that is killed.
  const script = `#!/bin/sh\nPATH="\${PATH#*:}"; export PATH
case " $* " in *" --stdin "*" --patch "*) read -r line; printf '%s\\nhalf' "$line"; kill -9 $$ ;; esac
exec git "$@"\n`
  writeFileSync(join(bin, 'git'), script, { mode: 0o755 })
  const workspace = await repository.open({
    env: { ...repository.env, PATH: `${bin}:${repository.env['PATH']}` },
  })
  const { head, worktree } = await openRun(workspace)
  writeFileSync(join(worktree.dir, 'a.txt'), 'two\n')
  const { commit } = await worktree.snapshot({
    base: head,
    ref: 'refs/gump/r1/s/@1.1.1',
    describe: describing('s'),
  })
  const file = join(temporaryFolder(), 'diff.patch')
  await worktree.writeDiff(head, commit ?? '', file)
  const own = repository.git('diff-tree', '-r', '-p', '--full-index', head, commit ?? '')
  expect(readFileSync(file, 'utf8')).toBe(own)
  await workspace.close()
})
