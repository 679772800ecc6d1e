import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'leaves a daemon: two forks, a session of its own, an empty environment',
  must: { strict: 'held', auto: 'held', off: 'held', bare: 'limit' },
  limit:
    'Without a PID namespace or a cgroup a process that clears its environment and leaves its session lives on.',
  async run(w) {
    if (w.mode === 'bare' && w.user === 'root') return 'root has cgroups, which hold it where there are any'
    const alive = join(w.out, 'alive')
    w.config(`[sandbox]\nwritable = ["${w.out}"]`)
    w.agent(
      `( setsid env -i bash -c 'exec -a attack-daemon bash -c "exec >/dev/null 2>&1; while :; do date +%s%N > ${alive}; sleep 0.05; done"' & ) & sleep 0.5; echo x > x.txt`,
    )
    await w.run()
    const first = w.read(alive)
    // Two of its beats: a process that lives writes again.
    await new Promise((resolve) => setTimeout(resolve, 400))
    const lives = w.read(alive) !== first
    await w.start('pkill', ['-9', '-f', alive]).ended
    return { got: lives ? 'it lives on when the run has ended' : null }
  },
}
