// Whole commands as people type them, gates and containment on, each against a floor that is measured in turn with it:
// bare Node, raw git, the same command in a container. Run after a build.
//
// node bench/commands.mjs [--smoke] [--write]     --write replaces docs/performance.md
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, release } from 'node:os'
import { fileURLToPath } from 'node:url'

import { adding, looking, many, parallel } from './commands/cases.mjs'
import { largeLedger } from './commands/large-ledger.mjs'

const smoke = process.argv.includes('--smoke')
const sizes = smoke
  ? { rounds: 1, runs: 1, steps: 2, manySteps: 10, tasks: 2, events: 1000, ledgerSteps: 10 }
  : { rounds: 5, runs: 100, steps: 20, manySteps: 1000, tasks: 100, events: 1_000_000, ledgerSteps: 1000 }

const aims = {
  'gump --version': 1.5,
  'gump --help': 1.5,
  'gump status': 4,
  'gump runs': 4,
  'gump report': 4,
  'gump config list': 4,
  'gump playbook list': 4,
  'gump run tdd --dry-run': 5,
  'gump run, one step, no gate': 6,
  'each further step, no gate': 1.3,
  'each trivial gate, contained': 2,
  'the last tenth': 1.1,
  'parallel tasks': 1,
}
const aimOf = (name) => Object.entries(aims).find(([part]) => name.includes(part))?.[1]

function line({ name, against = '', ms, floor, ratio, note }) {
  const aim = aimOf(name)
  const cells = note === undefined ? [ms.toFixed(1), floor.toFixed(1), ratio.toFixed(2)] : [note, '', '']
  return `| ${[name, against, ...cells, aim === undefined ? '' : `≤ ${aim}`].join(' | ')} |`
}

const rows = []
const cases = [
  () => looking(sizes),
  () => adding(sizes),
  () => many({ steps: sizes.manySteps }),
  () => parallel({ ...sizes, rounds: smoke ? 1 : 3 }),
  () => largeLedger({ events: sizes.events, steps: sizes.ledgerSteps, rounds: sizes.rounds }),
]
for (const measure of cases) {
  const found = await measure()
  for (const row of found) console.log(line(row))
  rows.push(...found)
}

if (process.argv.includes('--write')) {
  const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' }).format(new Date())
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Linux ${release()}, Node.js ${process.versions.node}`
  const text = `# Performance

Written by \`pnpm bench\`. Whole commands as people type them, gates and containment on, with a scripted agent that takes no time, in a
repository of 100 files. Each figure is the median of ${sizes.rounds} rounds (three for parallel tasks, one for ${sizes.manySteps} steps and for large reports) in
which the case and its floor are measured in turn; the ratio is the median of their ratios. Ratios carry over to other machines,
milliseconds do not.

${machine}, ${month}.

| case | floor | ms | floor ms | ratio | aim |
| --- | --- | ---: | ---: | ---: | ---: |
${rows.map(line).join('\n')}
`
  writeFileSync(fileURLToPath(new URL('../docs/performance.md', import.meta.url)), text)
}
