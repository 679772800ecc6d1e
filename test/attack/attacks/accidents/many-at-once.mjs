/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'eight runs start at once on a busy machine',
  must: 'held',
  modes: ['auto', 'bare'],
  async run(w) {
    w.agent('echo x > x.txt; ( sleep 0.05 & ) ; true')
    const runs = await Promise.all(Array.from({ length: 8 }, () => w.run()))
    const bad = runs.filter(({ code }) => code !== 0)
    return { got: bad.length === 0 ? null : `${bad.length} of 8 failed: ${bad[0].out.slice(-400)}` }
  },
}
