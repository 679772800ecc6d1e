/** One code step that a shell command judges. */
export const oneStep = `name: one
steps:
  - name: impl
    type: code
    agent: scripted
    prompt: "{spec}"
    gate:
      - bash: test -f done.txt
    retry:
      - exit: 2
`

/** Writes what the gate wants. */
export const succeeds = `- do:
    - write: {path: done.txt, content: "done\\n"}
    - usage: {input: 1000, output: 100, cost_usd: 0.5}
`

/** Never writes what the gate wants. */
export const fails = `- do:
    - write: {path: other.txt, content: "other\\n"}
    - usage: {input: 1000, output: 100, cost_usd: 0.5}
`

/** Takes long enough to be interrupted the first time; is quick when it is launched again. */
export const slow = `- match: {launch: 1}
  do:
    - text: thinking
    - sleep: 60s
- do:
    - write: {path: done.txt, content: "done\\n"}
`

/** The files of a project that runs `oneStep` with a script. */
export function project(script: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    '.gump/workflows/one.yaml': oneStep,
    'agent.yaml': script,
    'gump.toml': '[agents.scripted]\nscript = "agent.yaml"\n',
    'spec.md': 'Make done.txt.\n',
    ...more,
  }
}
