import { isGumpError } from '@gump/errors'
import { openLedger } from '../../src/index.js'

// Started under a file size limit: the write that reaches it is cut short, the next one fails.
const ledger = openLedger({ dir: process.argv[2] ?? '', runId: 'full', clock: Date, mode: 'create' })
let written = 0
try {
  for (;;) {
    ledger.append([{ type: 'warning', message: 'x'.repeat(300) }])
    written += 1
  }
} catch (error) {
  let again = 'none'
  try {
    ledger.append([{ type: 'warning', message: 'x' }])
  } catch (second) {
    again = isGumpError(second) ? second.code : String(second)
  }
  const first = isGumpError(error) ? { code: error.code, errno: error.data['errno'] } : String(error)
  process.stdout.write(`${JSON.stringify({ written, first, again })}\n`)
}
ledger.close()
