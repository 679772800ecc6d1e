// What parsing a workflow costs, as a multiple of what the YAML library needs for the same text.
//
// node bench/parse.mjs [--smoke]
import { createRequire } from 'node:module'
import { parseWorkflow } from '../packages/schema/dist/index.js'

const { parse } = createRequire(new URL('../packages/schema/package.json', import.meta.url))('yaml')
const smoke = process.argv.includes('--smoke')

/** A workflow with that many steps, small enough for the limit of 1 MiB. */
function workflow(count) {
  const long = (i) => `  - name: step-${i}
    type: code
    agent: claude-sonnet
    prompt: "work on {spec}"
    gate: [compile, test]
    retry:
      - attempt: 2
        agent: claude-opus
      - exit: 3
`
  const short = (i) =>
    `  - name: step-${i}\n    agent: claude-sonnet\n    prompt: "do {spec}"\n    gate: [test]\n`
  const step = count > 5000 ? short : long
  return `name: bench\nsteps:\n${Array.from({ length: count }, (_, i) => step(i)).join('')}`
}

/** Median milliseconds of both, measured in turns so that noise of the machine meets both. */
function measure(text, rounds) {
  const source = { ref: 'bench', origin: 'path', file: 'bench.yaml', text, files: {} }
  const times = { yaml: [], gump: [] }
  for (let round = 0; round < rounds; round += 1) {
    let start = performance.now()
    parse(text)
    times.yaml.push(performance.now() - start)
    start = performance.now()
    const { workflow: parsed } = parseWorkflow(source)
    times.gump.push(performance.now() - start)
    if (parsed === null) throw new Error('the benchmark workflow is not valid')
  }
  return { yaml: median(times.yaml), gump: median(times.gump) }
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

measure(workflow(100), smoke ? 2 : 50)
console.log('| steps | KiB | yaml ms | gump ms | multiple |')
console.log('| ---: | ---: | ---: | ---: | ---: |')
for (const [count, rounds] of [
  [10, 200],
  [100, 100],
  [1000, 20],
  [10_000, 7],
]) {
  const text = workflow(count)
  const { yaml, gump } = measure(text, smoke ? 3 : rounds)
  const cells = [
    count,
    (text.length / 1024).toFixed(1),
    yaml.toFixed(2),
    gump.toFixed(2),
    (gump / yaml).toFixed(2),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}
