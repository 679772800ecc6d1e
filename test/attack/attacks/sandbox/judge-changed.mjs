/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'changes `gump.toml`, the workflow and the validators that judge it',
  must: 'held',
  async run(w) {
    w.write('gump.toml', '[gates]\ncompile = "test -f done.txt"\n')
    w.commit()
    w.agent(
      'printf "[gates]\\ncompile = \\"true\\"\\n" > gump.toml; echo "name: attack" > .gump/workflows/attack.yaml; rm -rf .gump/workflows',
    )
    const { code } = await w.run()
    return { got: code === 0 ? 'it passed its own gate' : null }
  },
}
