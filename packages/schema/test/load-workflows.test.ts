import { loadWorkflows, memoryPlaybook } from '@gump/schema'
import { expect, test } from 'vitest'

const verdict = (name: string, extra = '') =>
  `name: ${name}\nsteps:\n${extra}  - {name: judge, type: validate, agent: a}\n`

function playbook(texts: Record<string, string>) {
  return memoryPlaybook({
    origin: 'project',
    workflows: Object.entries(texts).map(([ref, text]) => ({ ref, text })),
  })
}

async function problems(texts: Record<string, string>, root = 'root'): Promise<string[]> {
  const { diagnostics } = await loadWorkflows(playbook(texts), root)
  return diagnostics.map(
    ({ code, file, range, message }) =>
      `${code} ${file}:${range?.start.line}:${range?.start.column} ${message}`,
  )
}

test('loads everything that is called, in every way of calling', async () => {
  const loaded = await loadWorkflows(
    playbook({
      root: `name: root
steps:
  - name: one
    workflow: a
  - name: two
    agent: x
    get: {workflow: b}
    gate: [validate: v/c]
    retry:
      - {validate: v/d, session: new}
      - exit: 2
  - name: three
    steps:
      - {name: four, workflow: a}
`,
      a: 'name: a\nsteps: [{name: x, gate: [compile]}]\n',
      b: 'name: b\nsteps: [{name: x, type: artifact, prompt: p}]\n',
      'v/c': verdict('v/c'),
      'v/d': verdict('v/d', '  - {name: sub, workflow: e.yaml}\n'),
      'v/e': 'name: v/e\nsteps: [{name: x, gate: [compile]}]\n',
    }),
    'root',
  )
  expect(loaded.diagnostics).toEqual([])
  expect(loaded.root).toBe('root')
  expect(Object.keys(loaded.workflows).toSorted()).toEqual(['a', 'b', 'root', 'v/c', 'v/d', 'v/e'])
  expect(loaded.workflows['v/d']?.workflow.steps[0]).toMatchObject({ call: { workflow: 'v/e' } })
})

test('reports problems of every file, each with its place', async () => {
  expect(
    await problems({
      root: 'name: root\nsteps:\n  - {name: a, workflow: b}\n  - {name: c, workflow: nobody}\n',
      b: 'name: b\nsteps:\n  - {name: a, gate: [compil]}\n',
    }),
  ).toEqual([
    'GUMP-W060 project:root.yaml:4:25 there is no workflow "nobody"',
    'GUMP-W032 project:b.yaml:3:22 unknown gate "compil"',
  ])
})

test('finds circles, also of one', async () => {
  const call = (to: string) => `name: x\nsteps:\n  - {name: a, workflow: ${to}}\n`
  expect(await problems({ root: call('root') })).toEqual([
    'GUMP-W061 project:root.yaml:3:25 workflows call each other in a circle: root → root',
  ])
  expect(await problems({ root: call('b'), b: call('c'), c: call('b') })).toEqual([
    'GUMP-W061 project:c.yaml:3:25 workflows call each other in a circle: b → c → b',
  ])
})

test('allows eight levels and no more', async () => {
  const chain = (length: number) =>
    Object.fromEntries(
      Array.from({ length }, (_, i) => [
        i === 0 ? 'root' : `w${i}`,
        i === length - 1
          ? 'name: x\nsteps: [{name: a, gate: [compile]}]\n'
          : `name: x\nsteps:\n  - {name: a, workflow: w${i + 1}}\n`,
      ]),
    )
  expect(await problems(chain(8))).toEqual([])
  expect(await problems(chain(9))).toEqual(['GUMP-W062 project:w7.yaml:3:25 "w8" is called 9 levels deep'])
  expect(await problems(chain(300))).toHaveLength(1)
})

test('counts the longest way, and shared workflows once', async () => {
  const texts: Record<string, string> = {}
  for (let i = 0; i < 30; i += 1) {
    const calls = [i + 1, i + 2].filter((to) => to < 30).map((to) => `  - {name: s${to}, workflow: w${to}}\n`)
    texts[i === 0 ? 'root' : `w${i}`] = `name: x\nsteps:\n  - {name: q, gate: [compile]}\n${calls.join('')}`
  }
  expect((await problems(texts)).every((line) => line.startsWith('GUMP-W062'))).toBe(true)
})

test('wants a verdict of a validator', async () => {
  expect(
    await problems({
      root: 'name: root\nsteps:\n  - {name: a, gate: [validate: b]}\n',
      b: 'name: b\nsteps:\n  - {name: a, gate: [compile]}\n',
    }),
  ).toEqual(['GUMP-W063 project:root.yaml:3:32 "b" gives no verdict'])
})
