import { parseAgentScript, scripted } from '@gump/agents'
import { formatDiagnostics } from '@gump/errors'
import { checkWorkflow, defaultSettings } from '@gump/engine'
import { memoryPlaybook, type MemoryWorkflow } from '@gump/schema'
import { describe, expect, it } from 'vitest'

async function check(
  workflows: Readonly<Record<string, string | Omit<MemoryWorkflow, 'ref'>>>,
  unloaded: readonly string[] = [],
) {
  const playbook = memoryPlaybook({
    origin: 'project',
    workflows: Object.entries(workflows).map(([ref, given]) =>
      typeof given === 'string' ? { ref, text: given } : { ref, ...given },
    ),
  })
  const agents = [scripted(parseAgentScript('- do: [turn]', 'agents.yaml'), { name: 'claude' })]
  const [root = ''] = Object.keys(workflows)
  const checked = await checkWorkflow(root, {
    playbook,
    vocabulary: { unloaded },
    agents,
    settings: { ...defaultSettings, defaultAgent: 'claude' },
  })
  return {
    ...checked,
    at: checked.diagnostics.map(
      ({ code, severity, file, range }) =>
        `${severity} ${code} ${file} ${range?.start.line}:${range?.start.column}`,
    ),
  }
}

const steps = (text: string): string => `name: x\nsteps:\n${text}`

describe('a variable that means nothing', () => {
  it('is pointed at where it stands, in any kind of scalar', async () => {
    const { at } = await check({
      x: steps(`  - name: impl
    agent: claude
    prompt: |
      Do it.

        {rd.output} and {impl.output}
  - name: again
    agent: "{impl.agnt}"
    prompt: >-
      folded
      text {two.diff}
    gate:
      - bash: "test '{spec}' = \\"{spec}\\""
`),
    })
    expect(at).toEqual([
      'error GUMP-T001 project:x.yaml 8:9',
      'error GUMP-T001 project:x.yaml 10:13',
      'error GUMP-T001 project:x.yaml 13:12',
      'error GUMP-T004 project:x.yaml 15:22',
    ])
  })

  it('is pointed at in a prompt file', async () => {
    const text = steps('  - name: impl\n    agent: claude\n    prompt: {file: prompts/impl.md}\n')
    const files = { 'prompts/impl.md': 'First line.\n\nThen {nothing.here}.\n' }
    const { diagnostics, texts } = await check({ x: { text, files } })
    expect(formatDiagnostics(diagnostics, texts)).toBe(
      [
        'prompts/impl.md:3:6  GUMP-T001  there is no {nothing.here} here',
        '  3 | Then {nothing.here}.',
        '    |      ^^^^^^^^^^^^^^',
        '    expected: a step that can be seen from here: impl',
      ].join('\n'),
    )
  })

  it('is named as the earlier dialect writes it', async () => {
    const { diagnostics } = await check({
      x: steps(
        '  - name: a\n    agent: claude\n    output: diff\n    prompt: "{steps.b.output} {item.name}"\n',
      ),
    })
    expect(diagnostics.map(({ message, range }) => `${range?.start.column} ${message}`)).toEqual([
      '14 there is no {steps.b.output} here',
      '31 there is no {item.name} here',
    ])
  })

  it('is reported together with mistakes of structure', async () => {
    const { at } = await check({
      x: steps(`  - name: a
    agent: claude
    promt: x
    prompt: "{nope.output}"
  - {name: b, gate: [tets]}
  - {name: c, agent: claude, prompt: "{b.output} {b.gate.test}"}
`),
    })
    expect(at).toEqual([
      'error GUMP-W010 project:x.yaml 5:5',
      'error GUMP-W032 project:x.yaml 7:22',
      'error GUMP-T001 project:x.yaml 6:14',
    ])
  })

  it('is not made of a step that could not be read', async () => {
    const { at } = await check({
      x: steps(`  - {name: broken, prompt: x, output: diff, type: code}
  - {name: g, agent: claude, steps: [{name: inner, gate: [test]}]}
  - {name: c, agent: claude, prompt: "{broken.diff} {inner.status}"}
`),
    })
    expect(at.filter((line) => line.includes('GUMP-T'))).toEqual([])
  })
})

describe('inputs', () => {
  const text = steps('  - {name: a, agent: claude, prompt: "{focus} {spce} {spec}"}\n')

  it('are named, and one that looks like a slip is a warning', async () => {
    const { inputs, diagnostics } = await check({ x: text })
    expect(inputs).toEqual(['focus', 'spce'])
    expect(diagnostics).toMatchObject([
      { code: 'GUMP-T003', severity: 'warning', suggestion: '{spec}', range: { start: { column: 47 } } },
    ])
  })

  it('that a call does not give are a mistake of the caller', async () => {
    const { at } = await check({ root: steps('  - {name: a, workflow: x, with: {focus: y}}\n'), x: text })
    expect(at).toEqual(['error GUMP-T003 project:root.yaml 3:25'])
  })
})

describe('a step that has not run yet', () => {
  const later = '  - {name: a, agent: claude, prompt: "{b}"}\n'

  it('is a warning: its variables are always empty', async () => {
    const { diagnostics } = await check({ x: steps(`${later}  - {name: b, agent: claude, prompt: "{a}"}\n`) })
    expect(diagnostics).toMatchObject([
      {
        code: 'GUMP-T007',
        severity: 'warning',
        message: '{b} is always empty here: "b" runs after "a"',
        range: { start: { line: 3, column: 39 } },
      },
    ])
  })

  it('is none when it runs at the same time', async () => {
    const list =
      '      - {name: a, agent: claude, prompt: go}\n      - {name: b, agent: claude, prompt: "{a}"}\n'
    const { at } = await check({ x: steps(`  - name: g\n    parallel: true\n    steps:\n${list}`) })
    expect(at).toEqual(['warning GUMP-T007 project:x.yaml 7:43'])
    expect((await check({ x: steps(`  - name: g\n    steps:\n${list}`) })).at).toEqual([])
  })

  it('is known where a retry comes back', async () => {
    const back = '{name: b, agent: claude, prompt: go, retry: [{attempt: 2, restart_from: a}, {exit: 2}]}'
    expect((await check({ x: steps(`${later}  - ${back}\n`) })).at).toEqual([])
    const again = `  - name: g\n    retry: [exit: 2]\n    steps:\n    ${later.trimStart()}    - {name: b, gate: [test]}\n`
    expect(
      (
        await check({
          x: steps(
            again.replace('    - {name: a', '      - {name: a').replace('    - {name: b', '      - {name: b'),
          ),
        })
      ).at,
    ).toEqual([])
  })
})

it('state that a called workflow does not leave is a mistake', async () => {
  const { at, diagnostics } = await check({
    x: steps(`  - {name: study, workflow: sub}
  - {name: plain, agent: claude, prompt: go}
  - name: impl
    agent: claude
    get: {workflow: sub, prompt: "{state.look} {state.lok} {study.state.look.comments} {study.state.x} {plain.state.y}"}
`),
    sub: 'name: sub\nsteps:\n  - {name: look, agent: claude, prompt: go}\n',
  })
  expect(at.map((line) => line.split(':').slice(-1)[0])).toEqual(['48', '88', '104'])
  expect(diagnostics[0]).toMatchObject({
    message: 'the workflow sub leaves no lok',
    expected: 'state.look',
    suggestion: '{state.look}',
  })
})

it('a workflow called for each task is given fields of the task', async () => {
  const { at } = await check({
    x: steps(`  - {name: plan, agent: claude, output: plan, prompt: split}
  - name: build
    foreach: plan
    workflow: sub
    with: {what: "{item.name}", file: "{item.files}"}
    gate:
      - bash: echo "{item.name}"
`),
    sub: 'name: sub\nsteps:\n  - {name: a, agent: claude, prompt: "{what} {file}"}\n',
  })
  expect(at).toEqual(['error GUMP-T001 project:x.yaml 9:21'])
})

describe('agents', () => {
  const text = steps(
    '  - {name: a, agent: cluade, prompt: x, retry: [{attempt: 2, agent: claude-opus}, {exit: 2}]}\n',
  )

  it('that nobody knows are mistakes', async () => {
    const { diagnostics } = await check({ x: text })
    expect(diagnostics).toMatchObject([
      {
        code: 'GUMP-P005',
        severity: 'error',
        suggestion: 'claude',
        range: { start: { line: 3, column: 22 } },
      },
    ])
  })

  it('that a plugin may bring are warnings', async () => {
    const { at, diagnostics } = await check({ x: text }, ['@acme/agent'])
    expect(at).toEqual(['warning GUMP-P005 project:x.yaml 3:22'])
    expect(diagnostics[0]?.message).toContain('@acme/agent is not loaded here')
  })
})

it('a second step of one name is one mistake, whatever is inside it', async () => {
  const { at } = await check({
    x: steps(`  - {name: g, steps: [{name: a, gate: [test]}]}
  - {name: g, steps: [{name: b, agent: claude, prompt: "{nope.output}"}]}
`),
  })
  expect(at).toEqual(['error GUMP-W021 project:x.yaml 4:12'])
})

it('counts a mistake behind an anchor once', async () => {
  const { at } = await check({
    x: steps(`  - {name: one, agent: claude, prompt: &p "{nope.x}"}
  - {name: two, agent: claude, prompt: *p}
`),
  })
  expect(at).toEqual(['error GUMP-T001 project:x.yaml 3:44'])
})

describe('an agent that is an input', () => {
  const judge = 'name: judge\nsteps: [{name: verdict, type: validate, agent: "{agent}", prompt: "{diff}"}]\n'
  const between =
    'name: between\nsteps: [{name: b, workflow: judge, with: {agent: "{who}"}}, {name: c, agent: "{b.agent}", prompt: x}]\n'

  it('is looked up where a call names it, however many calls pass it on', async () => {
    const { at } = await check({
      x: steps(`  - name: impl
    agent: claude
    prompt: Go.
    gate:
      - validate: judge
        agent: cluade
      - validate: judge
        name: again
        agent: "{impl.agent}"
  - {name: last, workflow: between, with: {who: codxe}}
`),
      judge,
      between,
    })
    expect(at).toEqual(['error GUMP-P005 project:x.yaml 8:16', 'error GUMP-P005 project:x.yaml 12:49'])
  })
})

describe('doubled braces', () => {
  const notes = async (text: string): Promise<readonly string[]> => {
    const { diagnostics, inputs } = await check({ x: steps(text) })
    expect(inputs).toEqual([])
    return diagnostics.map(
      ({ severity, code, range, message }) =>
        `${severity} ${code} ${range?.start.line}:${range?.start.column} ${message}`,
    )
  }

  it('are pointed out around a name that means something, and only there', async () => {
    expect(
      await notes(`  - name: look
    agent: claude
    type: artifact
    prompt: Look at {{spec}}, style={{color}}, {{{attempt}}}
  - name: impl
    agent: claude
    prompt: |
      Do
        {{spec}} as {{look.output}} and {{spec}} say, \${{spec}}
`),
    ).toEqual([
      'note GUMP-T008 6:21 {{spec}} is an escape: the agent will see {spec}',
      'note GUMP-T008 11:9 {{spec}} is an escape: the agent will see {spec}',
      'note GUMP-T008 11:21 {{look.output}} is an escape: the agent will see {look.output}',
    ])
  })

  it('are pointed out in the words of the earlier dialect', async () => {
    expect(
      await notes(`  - {name: look, agent: claude, output: artifact, prompt: Look}
  - {name: impl, agent: claude, output: diff, prompt: "{{steps.look.output}} {{item.name}} {{spec}}"}
`),
    ).toEqual([
      'note GUMP-T008 4:56 {{steps.look.output}} is an escape: the agent will see {steps.look.output}',
      'note GUMP-T008 4:92 {{spec}} is an escape: the agent will see {spec}',
    ])
  })
})

it('asks for no input where braces hold no letter', async () => {
  const { diagnostics, inputs } = await check({
    x: steps(
      `  - name: impl\n    agent: claude\n    prompt: 'Dates are \\d{4}-\\d{2}; "{0} of {1}", {}, {2,} and {-} stay.'\n`,
    ),
  })
  expect(diagnostics).toEqual([])
  expect(inputs).toEqual([])
})
