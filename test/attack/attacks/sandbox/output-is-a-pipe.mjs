/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'gives a pipe without a writer as its output, so that the engine waits forever',
  must: 'held',
  modes: ['strict', 'off'],
  async run(w) {
    w.workflow('name: attack\nsteps:\n  - {name: look, type: artifact, agent: "command:agent", prompt: x}\n')
    w.commit()
    w.agent('mkdir -p .gump/out; mkfifo .gump/out/artifact.md; mkfifo pipe; ln -s /dev/zero zero')
    const run = w.startRun()
    const timer = setTimeout(() => run.child.kill('SIGKILL'), 90_000)
    const { code } = await run.ended
    clearTimeout(timer)
    return { got: code === 'SIGKILL' ? 'the run hung' : null }
  },
}
