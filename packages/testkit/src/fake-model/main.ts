// The fake model as a program, for tests that shut a coding agent into a network namespace: the server has to be in there.
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { readScript } from './read-script.js'
import { startFakeModel } from './server.js'

const USAGE = `Usage: node main.js --script FILE [--port N] [--ready FILE] [--log FILE] [--sent FILE]

  --script FILE  what to answer, as JSON
  --port N       default: any that is free
  --ready FILE   gets the address as soon as requests are answered
  --log FILE     gets one line of JSON for each request
  --sent FILE    gets one line of JSON for each answer, with the tokens that it told
`

try {
  const { script, port, ready, log, sent } = parseArgs({
    options: {
      script: { type: 'string' },
      port: { type: 'string' },
      ready: { type: 'string' },
      log: { type: 'string' },
      sent: { type: 'string' },
    },
  }).values
  if (script === undefined) throw new TypeError('--script is missing')
  const { url } = await startFakeModel({
    script: readScript(readFileSync(script, 'utf8')),
    port: Number(port ?? 0),
    onRequest(request) {
      if (log !== undefined) appendFileSync(log, `${JSON.stringify(request)}\n`)
    },
    onSent(answer) {
      if (sent !== undefined) appendFileSync(sent, `${JSON.stringify(answer)}\n`)
    },
  })
  if (ready !== undefined) {
    // A process that waits for the file finds it whole.
    writeFileSync(`${ready}.new`, `${url}\n`)
    renameSync(`${ready}.new`, ready)
  }
  process.stdout.write(`${url}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
  process.exitCode = 2
}
