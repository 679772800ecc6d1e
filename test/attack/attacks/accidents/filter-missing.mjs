/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'a filter that the repository requires is not installed here (as git-lfs on a new machine)',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.write('.gitattributes', '*.bin filter=media diff=media merge=media -text\n')
    w.write('big.bin', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n')
    w.commit()
    w.git('config', 'filter.media.clean', 'media-tool-that-is-not-here clean -- %f')
    w.git('config', 'filter.media.smudge', 'media-tool-that-is-not-here smudge -- %f')
    w.git('config', 'filter.media.required', 'true')
    w.agent('printf raw > new.bin; echo x > x.txt')
    const { code, out } = await w.run()
    if (code !== 0) return { got: /filter|media/u.test(out) ? null : out.slice(-300) }
    const branch = w.branches()[0]
    return {
      got:
        w.git('cat-file', '-p', `${branch}:new.bin`) === 'raw'
          ? 'a raw file is committed where a filter is required'
          : null,
    }
  },
}
