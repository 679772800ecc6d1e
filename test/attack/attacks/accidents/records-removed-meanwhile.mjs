/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'the folder of a run is removed during the run',
  must: 'held',
  modes: ['off'],
  async run(w) {
    w.agent('rm -rf "$MAIN/.gump/runs"; echo x > x.txt; sleep 0.3')
    const { code, out } = await w.run()
    return {
      got:
        code !== 0 && /GUMP-/u.test(out) && !/GUMP-R999/u.test(out)
          ? null
          : `exit ${code}: ${out.slice(-200)}`,
    }
  },
}
