// The cases of docs/performance.md. Each returns what was measured and its floor, in milliseconds unless it says otherwise.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { fixture, median, patience, rawStep } from './fixture.mjs'

const SCRIPT = 'scripted:script.json'

/** A workflow of `count` steps that each write a file, with these gates. */
function writeSteps(place, name, count, gates = {}) {
  const names = Array.from({ length: count }, (_, i) => `s${i}`)
  const steps = names.map((step) => ({ name: step, type: 'code', agent: SCRIPT, prompt: 'go', ...gates }))
  place.write(`${name}.yaml`, { name, steps })
  place.write(
    'script.json',
    names.map((step) => ({ match: { step }, do: [{ write: { path: `${step}.txt`, content: step } }] })),
  )
  commit(place, name)
}

function writeTasks(place, count) {
  const names = Array.from({ length: count }, (_, i) => `task-${i}`)
  const plan = names.map((name) => ({ name, description: name, files: [`${name}.txt`] }))
  const gate = [{ bash: 'true' }, { bash: ':' }]
  const each = [{ name: 'write', type: 'code', agent: SCRIPT, prompt: 'write {task.name}', gate }]
  place.write('tasks.yaml', {
    name: 'tasks',
    steps: [
      {
        name: 'split',
        type: 'split',
        agent: SCRIPT,
        prompt: 'split',
        parallel: true,
        gate: ['schema'],
        each,
      },
    ],
  })
  place.write('script.json', [
    { match: { step: 'split' }, do: [{ out: { plan } }] },
    ...names.map((name) => ({
      match: { task: name },
      do: [{ write: { path: `${name}.txt`, content: name } }],
    })),
  ])
  commit(place, 'tasks')
}

function commit({ git }, name) {
  git('add', '-A')
  git('commit', '-q', '--allow-empty', '-m', name)
}

function within(action) {
  const place = fixture()
  try {
    return action(place)
  } finally {
    place.remove()
  }
}

/** Rounds of pairs, measured in turn so that both see the same machine; the median of each and of the ratios. */
function paired(rounds, measure, floor) {
  const pairs = Array.from({ length: rounds }, () => ({ floor: floor(), ms: measure() }))
  return {
    ms: median(pairs.map(({ ms }) => ms)),
    floor: median(pairs.map((pair) => pair.floor)),
    ratio: median(pairs.map((pair) => pair.ms / pair.floor)),
  }
}

/** The events of the newest run. */
function eventsOf({ dir }) {
  const runs = join(dir, '.gump/runs')
  const id = readdirSync(runs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
    .at(-1)
  const lines = readFileSync(join(runs, id, 'manifest.ndjson'), 'utf8').split('\n')
  // The last line may be half written while the run is in progress.
  return lines.slice(0, -1).map((line) => JSON.parse(line))
}

const ofType = (events, type) => events.filter((event) => event.type === type)

/** `--version`, `--help`, and the commands that look at a repository with many runs. */
export function looking({ rounds, runs }) {
  return within((place) => {
    writeSteps(place, 'one', 1)
    for (let i = 0; i < runs; i += 1) place.gump('run', 'one.yaml', '--quiet')
    const commands = {
      'gump --version': ['--version'],
      'gump --help': ['--help'],
      'gump status': ['status'],
      'gump runs': ['runs'],
      'gump report': ['report'],
      'gump config list': ['config', 'list'],
      'gump playbook list': ['playbook', 'list'],
      'gump run tdd --dry-run': ['run', 'tdd', 'spec.md', '--agent', SCRIPT, '--dry-run'],
      'gump run, one step, no gate': ['run', 'one.yaml', '--quiet'],
    }
    place.write('spec.md', 'Say hello.')
    commit(place, 'spec')
    return Object.entries(commands).map(([name, args]) => ({
      name: args.length === 1 && runs > 1 && !name.includes('--') ? `${name}, ${runs} runs` : name,
      against: '`node -e 0`',
      ...paired(rounds, () => place.gump(...args), place.bareNode),
    }))
  })
}

/** What each step and each gate adds to a run, without the start of the program. */
export function adding({ rounds, steps }) {
  return within((place) => {
    const run = (name) => {
      place.gump('run', `${name}.yaml`, '--quiet')
      const events = eventsOf(place)
      const [first] = ofType(events, 'step_completed')
      return (Date.parse(ofType(events, 'step_completed').at(-1).ts) - Date.parse(first.ts)) / (steps - 1)
    }
    writeSteps(place, 'gated', steps, { gate: [{ bash: 'true' }] })
    writeSteps(place, 'plain', steps)
    let count = 0
    const step = paired(
      rounds,
      () => run('plain'),
      () => median(Array.from({ length: steps }, () => rawStep(place, (count += 1)))),
    )
    const contained = () =>
      median(
        Array.from({ length: steps }, () =>
          place.command(
            'bwrap',
            '--ro-bind',
            '/',
            '/',
            '--dev',
            '/dev',
            '--proc',
            '/proc',
            '--unshare-all',
            'bash',
            '-c',
            'true',
          ),
        ),
      )
    const rows = [{ name: 'each further step, no gate', against: 'raw git, four processes', ...step }]
    if (existsSync('/usr/bin/bwrap'))
      rows.push({
        name: 'each trivial gate, contained',
        against: 'the command in a container',
        ...paired(rounds, () => run('gated') - run('plain'), contained),
      })
    return rows
  })
}

/** A run of many steps: whether it becomes slower. */
export async function many({ steps }) {
  const place = fixture()
  try {
    writeSteps(place, 'many', steps)
    const child = spawn(process.execPath, [place.program, 'run', 'many.yaml', '--quiet'], {
      cwd: place.dir,
      env: place.env,
      stdio: 'ignore',
    })
    const over = new Promise((resolve) => child.once('exit', resolve))
    const limit = setTimeout(() => child.kill('SIGKILL'), patience)
    await over
    clearTimeout(limit)
    const done = ofType(eventsOf(place), 'step_completed').map(({ ts }) => Date.parse(ts))
    const tenth = Math.floor(steps / 10)
    if (done.length < steps)
      return [{ name: `${steps} steps`, note: `${done.length} in ${patience / 1000} s` }]
    const first = (done[tenth] - done[0]) / tenth
    const last = (done.at(-1) - done.at(-1 - tenth)) / tenth
    return [
      {
        name: `${steps} steps: the last tenth`,
        against: 'the first tenth',
        ms: last,
        floor: first,
        ratio: last / first,
      },
    ]
  } finally {
    place.remove()
  }
}

/** Many parallel tasks with two gates each; the floor is what the aim counts: bare Node and raw git. */
export function parallel({ rounds, tasks }) {
  return within((place) => {
    writeTasks(place, tasks)
    let count = 0
    const floor = () => {
      const git = median(Array.from({ length: 10 }, () => rawStep(place, (count += 1))))
      return 40 * place.bareNode() + tasks * 3 * git
    }
    const row = paired(rounds, () => place.gump('run', 'tasks.yaml', '--quiet'), floor)
    return [
      {
        name: `${tasks} parallel tasks, two gates each`,
        against: '40 × `node -e 0` + tasks × 3 × raw git',
        ...row,
      },
    ]
  })
}
