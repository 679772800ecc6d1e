import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'names its tasks like commands, paths and refs',
  must: 'held',
  modes: ['strict', 'off'],
  async run(w) {
    w.workflow(`name: attack
steps:
  - name: plan
    type: split
    agent: command:agent
    prompt: plan
    each:
      - name: impl
        agent: command:agent
        prompt: work
        gate:
          - bash: "echo {task.name} {task.description} > /dev/null"
`)
    w.commit()
    const tasks = [
      `$(touch ${w.out}/ran)`,
      '../../../escape',
      '-rf',
      'refs/heads/main',
      `'; touch ${w.out}/ran; '`,
      'a\nb',
    ].map((name) => ({ name, description: `\`touch ${w.out}/ran\`` }))
    w.write(join(w.folder, 'plan.json'), JSON.stringify(tasks))
    w.agent(
      `if grep -q plan "$1"; then mkdir -p .gump/out; cp '${join(w.folder, 'plan.json')}' .gump/out/plan.json; else date +%N > work-$RANDOM.txt; fi`,
    )
    const before = w.git('rev-parse', 'main')
    await w.run()
    const got =
      w.has(join(w.out, 'ran')) || w.has(join(w.folder, 'escape')) || w.git('rev-parse', 'main') !== before
    return { got: got ? 'a name was taken for more than a name' : null }
  },
}
