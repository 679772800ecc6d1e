// One gigabyte of agent-like output through a container, compared with splitting and parsing the same file in plain Node.
// Each part runs in a process of its own, so that its peak memory is its own. On a busy machine look at the CPU time:
// it is that of our process alone, without the program that writes.
//
// node bench/throughput.mjs [--smoke]
import { execFileSync } from 'node:child_process'
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const size = process.argv.includes('--smoke') ? 16 * 1024 ** 2 : 1024 ** 3

/** Lines such as agents print: most short, one in a hundred with the content of a file. */
function writeSample(path, bytes) {
  const line = (index) =>
    JSON.stringify({
      type: 'assistant',
      message: {
        id: `msg_${index}`,
        content: [{ type: 'text', text: 'lorem ipsum '.repeat(index % 100 === 0 ? 800 : 12) }],
      },
      usage: { input_tokens: index, output_tokens: 7 },
    })
  const block = Buffer.from(Array.from({ length: 1000 }, (_, index) => `${line(index)}\n`).join(''))
  const file = openSync(path, 'w')
  for (let written = 0; written < bytes; written += block.length) writeSync(file, block)
  closeSync(file)
}

const parts = {
  async plain(path) {
    let rest = ''
    let lines = 0
    for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 64 * 1024 })) {
      const pieces = (rest + chunk).split('\n')
      rest = pieces.pop()
      for (const piece of pieces) {
        JSON.parse(piece)
        lines += 1
      }
    }
    return lines
  },
  async container(path, folder, mask) {
    const { createProcessRunner } = await import('../packages/process/dist/index.js')
    let lines = 0
    const spec = {
      container: `bench-${process.pid}`,
      file: 'cat',
      args: [path],
      cwd: '/',
      env: { PATH: process.env.PATH },
      stdoutFile: join(folder, 'stdout'),
      mask: mask === 'masked' ? Array.from({ length: 5 }, (_, index) => `sk-secret-number-${index}`) : [],
    }
    const contained = await createProcessRunner({ env: process.env }).start(spec, {
      onStdoutLine(line) {
        JSON.parse(line)
        lines += 1
      },
    })
    await contained.exit
    return lines
  },
}

const [, , part, path, ...rest] = process.argv
if (part !== undefined && part in parts) {
  const start = performance.now()
  const lines = await parts[part](path, ...rest)
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage()
  console.log(
    JSON.stringify({
      lines,
      seconds,
      cpu: (user + system) / 1e6,
      peak: process.resourceUsage().maxRSS * 1024,
    }),
  )
  process.exit()
}

const folder = mkdtempSync(join(tmpdir(), 'gump-bench-'))
try {
  const sample = join(folder, 'sample')
  writeSample(sample, size)
  const bytes = statSync(sample).size
  const measure = (...args) => {
    const result = JSON.parse(
      execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...args], { encoding: 'utf8' }),
    )
    rmSync(join(folder, 'stdout'), { force: true })
    return result
  }
  measure('plain', sample)
  const results = {
    'plain Node': measure('plain', sample),
    'contained, file written': measure('container', sample, folder),
    'the same, 5 secrets masked': measure('container', sample, folder, 'masked'),
  }
  const plain = results['plain Node']
  const rows = {}
  for (const [name, { lines, seconds, cpu, peak }] of Object.entries(results)) {
    if (lines !== plain.lines) throw new Error(`${name}: ${lines} lines instead of ${plain.lines}`)
    rows[name] = {
      lines,
      seconds: Number(seconds.toFixed(2)),
      'MB/s': Math.round(bytes / 1e6 / seconds),
      'ratio to plain': Number((seconds / plain.seconds).toFixed(2)),
      'CPU s': Number(cpu.toFixed(2)),
      'CPU ratio': Number((cpu / plain.cpu).toFixed(2)),
      'peak RSS MB': Math.round(peak / 1e6),
    }
  }
  console.table(rows)
} finally {
  rmSync(folder, { recursive: true })
}
