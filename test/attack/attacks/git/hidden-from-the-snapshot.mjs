/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries:
    'hides edits from what is recorded: same size and times, assume-unchanged, skip-worktree, sparse checkout, a file mode only',
  must: 'held',
  async run(w) {
    for (const name of ['same', 'assumed', 'skipped', 'mode']) w.write(`${name}.txt`, 'before\n')
    w.commit()
    w.agent(`
      stamp=$(stat -c %y same.txt); printf 'evil!!\\n' > same.txt; touch -d "$stamp" same.txt
      git update-index --assume-unchanged assumed.txt; printf 'evil!!\\n' > assumed.txt
      git update-index --skip-worktree skipped.txt; printf 'evil!!\\n' > skipped.txt
      git config core.fileMode false; git config core.ignoreStat true; git config core.trustctime false; chmod +x mode.txt
      git sparse-checkout init 2>/dev/null; true`)
    await w.run()
    const branch = w.branches()[0]
    const got = ['same', 'assumed', 'skipped'].filter(
      (name) => w.git('show', `${branch}:${name}.txt`) !== 'evil!!',
    )
    if (!w.git('ls-tree', branch, 'mode.txt').startsWith('100755')) got.push('mode')
    return { got: got.length === 0 ? null : `not recorded: ${got.join(', ')}` }
  },
}
