import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'writes to `~/.gump`, to loosen the next run, to replace a workflow, or to bring a plugin',
  must: { strict: 'held', auto: 'held', off: 'limit', bare: 'limit' },
  limit: 'Without a sandbox an agent can change `~/.gump`, and so loosen the next run.',
  async run(w) {
    const before = w.read(join(w.home, '.gump/config.toml'))
    w.agent(
      'echo "[sandbox]" >> "$HOME/.gump/config.toml"; mkdir -p "$HOME/.gump/workflows" "$HOME/.gump/plugins/x" && echo "name: tdd" > "$HOME/.gump/workflows/tdd.yaml"; mv "$HOME/.gump" "$HOME/.gump-old"; echo x > x.txt',
    )
    await w.run()
    const config = w.read(join(w.home, '.gump/config.toml'))
    const more = w.has(join(w.home, '.gump/workflows/tdd.yaml')) || w.has(join(w.home, '.gump/plugins/x'))
    return { got: config === before && !more ? null : `there is ${readdirSync(w.home).join(', ')}` }
  },
}
