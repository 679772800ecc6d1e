// How long the program takes to say its version and its overview, and to complete a command line, as multiples of `node -e 0`.
//
// node bench/startup.mjs [--smoke]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const rounds = process.argv.includes('--smoke') ? 3 : 50
const gump = fileURLToPath(new URL('../apps/cli/bin/gump.js', import.meta.url))
const commands = {
  'node -e 0': ['-e', '0'],
  'gump --version': [gump, '--version'],
  'gump --help': [gump, '--help'],
  'gump run --help': [gump, 'run', '--help'],
  'completion of a workflow': [gump, '__complete', 'bash', 'gump run '],
  'completion of a run': [gump, '__complete', 'bash', 'gump report '],
  'completion of a setting': [gump, '__complete', 'bash', 'gump config set '],
}
const targets = {
  'gump --version': 1.5,
  'gump --help': 3,
  'completion of a workflow': 3,
  'completion of a run': 3,
  'completion of a setting': 3,
}

const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
for (let round = 0; round < rounds; round += 1) {
  for (const [name, args] of Object.entries(commands)) {
    const started = performance.now()
    const { status } = spawnSync(process.execPath, args)
    times[name].push(performance.now() - started)
    if (status !== 0) throw new Error(`${name} ended with ${status}`)
  }
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]
const node = median(times['node -e 0'])
console.table(
  Object.fromEntries(
    Object.entries(times).map(([name, list]) => [
      name,
      {
        'median ms': Number(median(list).toFixed(1)),
        'times node': Number((median(list) / node).toFixed(2)),
        target: targets[name] ?? '',
      },
    ]),
  ),
)
