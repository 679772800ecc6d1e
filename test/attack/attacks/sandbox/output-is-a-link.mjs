import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'gives a link to a private file as its output, so that Gump reads the file for it',
  must: 'held',
  async run(w) {
    w.write(join(w.home, 'private'), 'PRIVATE-TEXT\n')
    w.workflow(
      'name: attack\nsteps:\n  - {name: look, type: artifact, agent: "command:agent", prompt: x}\n  - {name: impl, agent: "command:agent", prompt: "{look.output}"}\n',
    )
    w.commit()
    w.agent(`mkdir -p .gump/out; ln -sf "${w.home}/private" .gump/out/artifact.md; echo x > x.txt`)
    await w.run()
    return { got: w.textBelow(w.runFolder()).includes('PRIVATE-TEXT') ? 'its text is in the run' : null }
  },
}
