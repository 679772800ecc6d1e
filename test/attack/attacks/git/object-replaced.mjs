/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'replaces an object by one with another content under the same id',
  must: { strict: 'held', auto: 'held', off: 'limit' },
  limit: 'Without a sandbox nothing keeps an agent from the objects of the repository.',
  async run(w) {
    const id = w.git('rev-parse', 'HEAD:src/a.ts')
    const path = `.git/objects/${id.slice(0, 2)}/${id.slice(2)}`
    w.agent(`
      other=$(printf 'evil\\n' | git hash-object -w --stdin)
      dir=$(git rev-parse --git-path objects)
      chmod u+w "$MAIN/${path}"
      cat "$dir/\${other:0:2}/\${other:2}" > "$MAIN/${path}"`)
    await w.run()
    const shown = w.tryGit('cat-file', '-p', id).out
    return { got: shown === 'export const a = 1' ? null : shown }
  },
}
