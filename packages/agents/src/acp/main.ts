// The program behind the `acp:` agents: `node main.js OPTIONS`, the prompt on stdin, the normalised stream on stdout.
// OPTIONS is one JSON object: {"command":["gemini","--acp"],"cwd":"/…","model":null,"sessionId":null}.
import { text } from 'node:stream/consumers'
import { asArray, asNonEmpty, asObject, asText } from '../streams/json-value.js'
import { encodeEvent, encodeOutcome } from '../streams/normalized-stream.js'
import { runAcpPrompt } from './bridge.js'

const options = asObject(JSON.parse(process.argv[2] ?? '{}')) ?? {}

const outcome = await runAcpPrompt(
  {
    command: asArray(options['command']).map((word) => asText(word) ?? ''),
    cwd: asNonEmpty(options['cwd']) ?? process.cwd(),
    prompt: await text(process.stdin),
    model: asNonEmpty(options['model']),
    sessionId: asNonEmpty(options['sessionId']),
  },
  (event) => process.stdout.write(`${encodeEvent(event)}\n`),
)
process.exitCode = outcome.status === 'success' ? 0 : 1
process.stdout.write(`${encodeOutcome(outcome)}\n`)
