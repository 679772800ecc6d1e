// Half a gigabyte of output of a gate: how long it takes, and how much memory.
//
// node bench/gate-output.mjs [--smoke]
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGateShell } from '../packages/gates/dist/index.js'
import { createProcessRunner } from '../packages/process/dist/index.js'

const bytes = process.argv.includes('--smoke') ? 5e6 : 500e6
const limitMB = 200

const folder = mkdtempSync(join(tmpdir(), 'gump-bench-'))
try {
  const logFile = join(folder, 'gate.log')
  const shell = createGateShell({
    runner: createProcessRunner({ env: process.env }),
    container: `bench-${process.pid}`,
    cwd: folder,
    env: { PATH: process.env.PATH },
    logFile,
    signal: new AbortController().signal,
  })
  const start = performance.now()
  const command = `head -c ${bytes} /dev/zero | tr '\\0' x | fold -w 200; exit 1`
  const { exitCode } = await shell.run({ command })
  const seconds = (performance.now() - start) / 1000
  if (exitCode !== 1 || statSync(logFile).size < bytes) throw new Error('the output is not complete')
  const peak = Math.round((process.resourceUsage().maxRSS * 1024) / 1e6)
  console.table({
    'gate output': {
      MB: bytes / 1e6,
      seconds: Number(seconds.toFixed(2)),
      'MB/s': Math.round(bytes / 1e6 / seconds),
      'peak RSS MB': peak,
    },
  })
  if (peak > limitMB) console.log(`target missed: ${limitMB} MB`)
  process.exitCode = peak > limitMB ? 1 : 0
} finally {
  rmSync(folder, { recursive: true })
}
