// Looking at a run of many events: its ledger is that of a run of one gated step, whose step and turns are repeated.
import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import { fixture, median } from './fixture.mjs'

const SCRIPT = 'scripted:script.json'

/** `report`, `--html` and `status` of a run of `events` events in `steps` steps, with what they need of memory. */
export function largeLedger({ events, steps, rounds }) {
  const place = fixture()
  try {
    const step = { name: 's0', type: 'code', agent: SCRIPT, prompt: 'go', gate: [{ bash: 'true' }] }
    place.write('one.yaml', { name: 'one', steps: [step] })
    place.write('script.json', [
      { match: { step: 's0' }, do: [{ write: { path: 'a.txt', content: 'a' } }, 'turn'] },
    ])
    place.git('add', '-A')
    place.git('commit', '-q', '-m', 'one')
    place.gump('run', 'one.yaml', '--quiet')
    const count = enlarge(join(place.dir, '.gump/runs'), { events, steps })
    const page = join(place.dir, 'page.html')
    const commands = {
      'gump status, the first time': [['status'], 1],
      'gump status': [['status'], rounds],
      'gump report': [['report'], 1],
      'gump report --html': [['report', '--html', page], 1],
    }
    return Object.entries(commands).map(([name, [args, times]]) => {
      const runs = Array.from({ length: times }, () => place.gump(...args))
      const floor = place.bareNode()
      const size = args.includes(page) ? `, a page of ${(statSync(page).size / 1e6).toFixed(1)} MB` : ''
      const [ms, mb] = [median(runs), place.memoryOf(...args)]
      return {
        name: `${name}: a run of ${count} events${size}, ${mb.toFixed(0)} MB of memory`,
        against: '`node -e 0`',
        ms,
        floor,
        ratio: ms / floor,
      }
    })
  } finally {
    place.remove()
  }
}

/** Returns how many events there are then. */
function enlarge(runs, { events, steps }) {
  const id = readdirSync(runs).find((name) => /^[\da-f]{8}-/u.test(name))
  const file = join(runs, id, 'manifest.ndjson')
  const told = readFileSync(file, 'utf8').trim().split('\n').map(JSON.parse)
  const begin = told.findIndex(({ type }) => type === 'step_started')
  const body = told.slice(begin, -1)
  const turn = body.find(({ type }) => type === 'turn_completed')
  const others = body.filter(({ type }) => type !== 'turn_completed')
  const turns = Math.max(1, Math.floor(events / steps) - others.length)
  for (const name of readdirSync(join(runs, id)).filter((each) => /^(?:summary|state)\./u.test(each)))
    rmSync(join(runs, id, name))
  const out = openSync(file, 'w')
  let seq = 0
  let text = ''
  const put = (event) => {
    text += `${JSON.stringify({ ...event, seq: (seq += 1) })}\n`
    if (text.length < 1_000_000) return
    writeSync(out, text)
    text = ''
  }
  told.slice(0, begin).forEach(put)
  for (let at = 0; at < steps; at += 1) {
    const inStep = (event) => JSON.parse(JSON.stringify(event).replaceAll(/\bs0\b/gu, `s${at}`))
    const own = inStep(turn)
    for (const event of others) {
      if (event.seq > turn.seq && own.n !== null) {
        for (let n = 1; n <= turns; n += 1) put({ ...own, n })
        own.n = null
      }
      put(inStep(event))
    }
  }
  put(told.at(-1))
  writeSync(out, text)
  closeSync(out)
  return seq
}
