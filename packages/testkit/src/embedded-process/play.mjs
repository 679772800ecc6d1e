// Performs a program of an embedded agent as a real process: reads the program as JSON from the file that is named, or
// from stdin, and does what it says in the current folder. Plain JavaScript, so that it runs without a build.
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A program works in its folder and nowhere else. */
function inside(path) {
  const file = resolve(path)
  const below = relative(process.cwd(), file)
  if (below === '' || below.startsWith('..') || isAbsolute(below))
    throw new Error(`${path} is outside the worktree`)
  return file
}

/** Resolves when the text has left this process: being killed afterwards loses nothing. */
function say(stream, text) {
  return new Promise((done, failed) => stream.write(text, (error) => (error ? failed(error) : done())))
}

const perform = {
  write({ path, content, mode }) {
    const file = inside(path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    if (mode !== undefined) chmodSync(file, mode)
  },
  edit({ path, find, replace }) {
    const file = inside(path)
    const before = readFileSync(file, 'utf8')
    if (!before.includes(find)) throw new Error(`${path} does not contain the text to replace`)
    writeFileSync(
      file,
      before.replace(find, () => replace),
    )
  },
  delete: ({ path }) => rmSync(inside(path), { recursive: true }),
  sleep: ({ ms }) => sleep(ms),
  emit: ({ line }) => say(process.stdout, `${line}\n`),
  stderr: ({ text }) => say(process.stderr, text),
}

async function play({ steps }) {
  for (const action of steps) {
    if (action.do === 'exit') return action.code
    await perform[action.do](action)
  }
  return 0
}

try {
  process.exitCode = await play(JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8')))
} catch (error) {
  await say(process.stderr, `${error.message}\n`)
  process.exitCode = 1
}
