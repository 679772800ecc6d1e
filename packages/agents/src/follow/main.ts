// The program around agents that note their tokens in files only: `node main.js OPTIONS PROGRAM ARGUMENTS…`. It starts the
// program, passes its stdout on, and puts what is added to the files between the lines.
// OPTIONS is one JSON object: {"pattern":"/…/sessions/*/events.jsonl","pick":["usage_record"]}.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { asArray, asObject, asText, present } from '../streams/json-value.js'
import { createFollower } from './followed-files.js'
import { encodeFollowed } from './followed-line.js'

const PERIOD_MS = 100
const MAX_CHUNKS = 16
// What it has started may hold its stdout open when it is gone.
const DRAIN_MS = 500

const [, , text = '{}', file = '', ...args] = process.argv
const options = asObject(JSON.parse(text)) ?? {}
const follower = createFollower({
  pattern: asText(options['pattern']) ?? '',
  pick: asArray(options['pick']).map((words) => asText(words) ?? ''),
  ...present('older', asText(options['older'])),
  ...present('first', asText(options['first'])),
})

const child = spawn(file, args, { stdio: ['inherit', 'pipe', 'inherit'] })
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
// The program ends by itself then; what it has noted last is read afterwards.
for (const signal of signals) process.on(signal, () => child.kill(signal))

const waiting: string[] = []
let said: Buffer[] = []
let atLineStart = true
// What is in the files first: a program's last word stays the last one. Between its lines, never within one.
const pass = (): boolean => {
  const noted = follower.read().flatMap((line) => encodeFollowed(line) ?? [])
  waiting.push(...noted)
  const write = (text: Buffer | string): boolean => process.stdout.write(text)
  if (atLineStart) for (const line of waiting.splice(0)) write(`${line}\n`)
  const chunk = Buffer.concat(said)
  said = []
  if (chunk.length === 0) return true
  atLineStart = chunk.at(-1) === 0x0a
  return write(chunk)
}
child.stdout.on('data', (chunk: Buffer) => {
  said.push(chunk)
  if (said.length < MAX_CHUNKS) return
  if (pass()) return
  child.stdout.pause()
  process.stdout.once('drain', () => child.stdout.resume())
})
const timer = setInterval(pass, PERIOD_MS)

let ended = false
const end = (code: number): void => {
  if (ended) return
  ended = true
  clearInterval(timer)
  pass()
  if (waiting.length > 0) {
    process.stdout.write('\n')
    atLineStart = true
    pass()
  }
  process.stdout.write('', () => process.exit(code))
}
child.once('error', (error) => {
  process.stderr.write(`${file} could not be started: ${error.message}\n`)
  end(127)
})
child.once('exit', (code, signal) => {
  const result = code ?? 128 + (signal === null ? 0 : constants.signals[signal])
  child.once('close', () => end(result))
  setTimeout(() => end(result), DRAIN_MS)
})
