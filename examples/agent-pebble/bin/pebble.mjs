#!/usr/bin/env node
// Pebble: a coding agent without a model, so that the adapter beside it has something real to start. It does what the lines
// `write PATH: TEXT` and `append PATH: TEXT` of its prompt say, and prints one JSON object per line about it. The same
// prompt gives the same stream.
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'

const VERSION = '1.0.0'
const USAGE = `pebble ${VERSION}

pebble run [--model pebble-small|pebble-large] [--session ID] [--max-replies N]   the prompt is read from stdin
pebble --version

PEBBLE_HOME   where sessions are kept; ~/.pebble by default
PEBBLE_FAIL   rehearses a failure: signed_out or rate_limited
`
/** USD per token. */
const PRICES = { 'pebble-small': 0.000_001, 'pebble-large': 0.000_01 }
const REHEARSED = {
  signed_out: { code: 'signed_out', message: 'nobody is signed in' },
  rate_limited: { code: 'rate_limited', message: 'too many requests', retry_after_s: 90 },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'boolean' },
    model: { type: 'string', default: 'pebble-small' },
    session: { type: 'string' },
    'max-replies': { type: 'string', default: '100' },
  },
})

if (values.version) process.stdout.write(`pebble ${VERSION}\n`)
else if (positionals[0] === 'run') run(readFileSync(0, 'utf8'), process.env)
else {
  process.stderr.write(USAGE)
  process.exitCode = 64
}

function run(prompt, env) {
  const sessions = join(env.PEBBLE_HOME ?? join(homedir(), '.pebble'), 'sessions')
  const model = values.model
  const session = values.session ?? `p-${createHash('sha256').update(prompt).digest('hex').slice(0, 12)}`
  const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`)
  let used = 0
  const usd = (tokens) => Number((tokens * (PRICES[model] ?? 0)).toFixed(6))

  const stop = (error) => {
    say({ event: 'stop', ok: error === undefined, ...(error === undefined ? {} : { error }), usd: usd(used) })
    process.exitCode = error === undefined ? 0 : 1
  }

  say({ event: 'start', version: VERSION, session, model })
  if (PRICES[model] === undefined)
    return stop({ code: 'unknown_model', message: `no model is called ${model}` })
  if (REHEARSED[env.PEBBLE_FAIL] !== undefined) return stop(REHEARSED[env.PEBBLE_FAIL])
  const known = values.session === undefined ? [] : remembered(sessions, session)
  if (known === null) return stop({ code: 'unknown_session', message: `there is no session ${session}` })

  remember(sessions, session, known)
  const orders = readOrders(prompt)
  const most = Number(values['max-replies'])
  let replies = 0
  // A model reads everything again with each reply; what it has read before comes from its cache.
  const reply = (text) => {
    replies += 1
    const [fresh, cached] = replies === 1 ? [prompt.length, 0] : [20, prompt.length]
    used += fresh + cached + text.length
    const tokens = { in: fresh, cached, out: text.length }
    say({ event: 'reply', text, tokens, usd: usd(fresh + cached + text.length) })
  }

  for (const [index, order] of orders.entries()) {
    if (replies === most) return stop({ code: 'too_many_replies', message: `no reply left: ${most} allowed` })
    reply(`${index + 1} of ${orders.length}: ${order.tool} ${order.path}`)
    const id = `call-${known.length + index + 1}`
    say({ event: 'call', id, tool: order.tool, path: order.path })
    remember(sessions, session, [...known, ...orders.slice(0, index + 1)])
    const problem = obey(order)
    say({ event: 'result', id, ok: problem === null, ...(problem === null ? {} : { output: problem }) })
  }
  if (replies === most) return stop({ code: 'too_many_replies', message: `no reply left: ${most} allowed` })
  const before = known.length === 0 ? '' : ` ${known.length} from before.`
  reply(orders.length === 0 ? `Nothing to do.${before}` : `Done: ${orders.length}.${before}`)
  return stop()
}

/** Kept from the first moment: a run that is killed can be resumed as well. */
function remember(sessions, session, orders) {
  mkdirSync(sessions, { recursive: true })
  writeFileSync(join(sessions, `${session}.json`), JSON.stringify(orders))
}

/** What an earlier run of the session did; null when there is no such session. */
function remembered(sessions, session) {
  if (!/^p-[0-9a-f]{12}$/u.test(session)) return null
  try {
    return JSON.parse(readFileSync(join(sessions, `${session}.json`), 'utf8'))
  } catch {
    return null
  }
}

function readOrders(prompt) {
  return [...prompt.matchAll(/^[ \t]*(?:- )?(write|append) ([^\s:]+): (.*)$/gmu)].map(
    ([, tool, path, text]) => ({
      tool,
      path,
      text,
    }),
  )
}

/** Does it, or says why it is not possible. */
function obey({ tool, path, text }) {
  const file = resolve(path)
  if (!file.startsWith(process.cwd() + sep)) return `${path} is not below the current folder`
  try {
    mkdirSync(dirname(file), { recursive: true })
    if (tool === 'write') writeFileSync(file, `${text}\n`)
    else appendFileSync(file, `${text}\n`)
    return null
  } catch (error) {
    return error.code ?? 'could not be written'
  }
}
