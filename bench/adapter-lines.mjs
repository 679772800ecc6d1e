// What an adapter adds to each line of its agent's stream: microseconds per line for reading it into normalised events,
// beside what JSON.parse alone takes for the same line. The streams are the recorded ones of the tests.
//
// node bench/adapter-lines.mjs [--smoke]
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { builtinAgents } from '../packages/agents/dist/index.js'

const smoke = process.argv.includes('--smoke')
const rounds = smoke ? 3 : 200
const fixtures = fileURLToPath(new URL('../packages/agents/test/fixtures', import.meta.url))

/** Recorded streams of an agent, as lists of lines. */
function streamsOf(name) {
  const folder = `${fixtures}/${name}`
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).map((stream) => `${folder}/${stream}/stdout.ndjson`)
  const streams = files.map((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  )
  return streams.filter((lines) => lines.length > 0)
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** Median microseconds per line over all rounds. */
function perLine(streams, lines, play) {
  const times = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    for (const stream of streams) play(stream)
    times.push(((performance.now() - start) * 1000) / lines)
  }
  return median(times)
}

console.log('| agent | lines | bytes per line | JSON.parse µs | adapter µs | overhead µs |')
console.log('| --- | ---: | ---: | ---: | ---: | ---: |')
for (const adapter of builtinAgents()) {
  const streams = streamsOf(adapter.name)
  const lines = streams.reduce((sum, stream) => sum + stream.length, 0)
  if (lines === 0) continue
  const bytes = streams.flat().reduce((sum, line) => sum + Buffer.byteLength(line), 0)
  const parse = perLine(streams, lines, (stream) => {
    for (const line of stream) JSON.parse(line)
  })
  const read = perLine(streams, lines, (stream) => {
    const parser = adapter.createParser()
    for (const line of stream) parser.push(line)
    parser.end({ code: 0, signal: null, stderrTail: '' })
  })
  const figures = [parse, read, read - parse].map((value) => value.toFixed(2))
  console.log(`| ${[adapter.name, lines, Math.round(bytes / lines), ...figures].join(' | ')} |`)
}
