import { createServer, type Server } from 'node:net'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, describe, expect, it } from 'vitest'

import { canMount, place, plainClone, type Place, users } from './support/isolated.js'

const modes = ['auto', 'strict'] as const
const servers: Server[] = []
const folders: string[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Listens at a path, as Docker, tmux, or an agent for keys does. */
async function listen(path: string, owner?: number): Promise<void> {
  const server = createServer((socket) => socket.on('error', () => {}).end('reached'))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(path, resolve))
  chmodSync(path, 0o777)
  if (owner !== undefined) chownSync(path, owner, owner)
}

/** Shell text that says whether anything answers at a socket. */
const knock = (path: string): string =>
  `if "${process.execPath}" -e 'require("net").connect(process.argv[1]).on("connect", () => process.exit(0)).on("error", () => process.exit(1))' "${path}"; then echo open; else echo closed; fi`

/** Runs a step whose work is the words that its script prints. */
async function words(
  here: Place,
  script: string,
  options: Parameters<Place['play']>[1],
): Promise<readonly string[]> {
  const outcome = await here.play(`( ${script} ) > words.txt 2> "$OWN/errors"`, options)
  expect([outcome.code, outcome.stderr]).toEqual([0, ''])
  return here.recorded('words.txt').trimEnd().split('\n')
}

describe.skipIf(!canMount).each(users)('for $user', (user) => {
  it.each(modes)(
    'nothing in .git can be written, in mode %s, and nothing of it is run later',
    async (mode) => {
      const linked = `${plainClone} && git -C repo worktree add -q -b feature ../userwt`
      const here = place(user, linked)
      const admin = join(here.repo, '.git/worktrees/userwt')
      const attacks = [
        `find "$TOP/repo/.git/objects" -type f -delete`,
        `cp -r "$TOP/repo/.git" "$OWN/copy" && git --git-dir="$OWN/copy" config core.fsmonitor "touch $TOP/repo/.git/ran" && echo "$OWN/copy" > ${admin}/commondir`,
        `echo "ref: refs/heads/evil" > ${admin}/HEAD; rm -f ${admin}/index`,
        `mkdir "$TOP/repo/.git/worktrees/evil"; echo "$OWN/x" > "$TOP/repo/.git/objects/info/alternates"`,
        `git config core.fsmonitor "touch $TOP/repo/.git/ran"; git config core.hooksPath "$OWN"; git -C "$TOP/repo" config core.fsmonitor "touch $TOP/repo/.git/ran"`,
        `echo 'touch "$TOP/repo/.git/ran"' > "$TOP/repo/.git/hooks/post-index-change"; chmod +x "$TOP/repo/.git/hooks/post-index-change"`,
        `git update-ref refs/heads/main HEAD~2; git branch -D main; git gc -q --prune=now; git reflog expire --all --expire=now`,
        `rm -f .git; echo "gitdir: $OWN/copy" > .git`,
        `mv "$TOP/repo" "$TOP/moved"; mkdir "$TOP/repo"`,
        `echo changed > "$TOP/userwt/a.txt"; echo changed > "$TOP/repo/a.txt"`,
      ]
      const before = [here.git('rev-parse', 'main'), readFileSync(join(here.repo, '.git/config'), 'utf8')]
      const { code, stderr } = await here.play(`${attacks.join('\n')}\necho x > x.txt`, { mode })
      expect([code, stderr]).toEqual([0, ''])
      expect([here.git('rev-parse', 'main'), readFileSync(join(here.repo, '.git/config'), 'utf8')]).toEqual(
        before,
      )
      expect(here.gitIn(join(here.top, 'userwt'), 'status', '--porcelain', '--branch')).toBe('## feature\n')
      expect(here.git('status', '--porcelain')).toBe('')
      here.git('fsck')
      expect(existsSync(join(here.repo, '.git/ran'))).toBe(false)
      expect(here.recorded('x.txt')).toBe('x\n')
    },
  )

  it.each(modes)('sockets of the user are closed, in mode %s, unless the user opens them', async (mode) => {
    const here = place(user)
    const runtime = join(here.top, 'runtime')
    const owner = user.prefix.length > 0 ? 65_534 : undefined
    mkdirSync(runtime, { mode: 0o700 })
    if (owner !== undefined) chownSync(runtime, owner, owner)
    const [docker, agent, inRuntime] = ['docker.sock', 'agent.sock', 'runtime/bus'].map((name) =>
      join(here.top, name),
    )
    for (const path of [docker, agent, inRuntime]) await listen(path ?? '', owner)
    const env = {
      SSH_AUTH_SOCK: agent ?? '',
      DOCKER_HOST: `unix://${docker}`,
      XDG_RUNTIME_DIR: runtime,
      DISPLAY: ':0',
    }
    const asked = `${[docker, agent, inRuntime].map((path) => knock(path ?? '')).join('; ')}
      echo "ssh=$SSH_AUTH_SOCK docker=$DOCKER_HOST display=$DISPLAY"`
    expect(await words(here, asked, { mode, env })).toEqual([
      'closed',
      'closed',
      'closed',
      'ssh= docker= display=',
    ])
  })

  it('sockets that the user opens are open, and their variables set', async () => {
    const here = place(user)
    const path = join(here.top, 'docker.sock')
    await listen(path, user.prefix.length > 0 ? 65_534 : undefined)
    const settings = `sockets = [${JSON.stringify(path)}]\ndevices = ["/dev/kmsg"]`
    const asked = `${knock(path)}; echo "$DOCKER_HOST"; test -e /dev/kmsg && echo seen`
    const seen = existsSync('/dev/kmsg') ? ['seen'] : []
    expect(
      await words(here, `${asked}; true`, {
        mode: 'strict',
        settings,
        env: { DOCKER_HOST: `unix://${path}` },
      }),
    ).toEqual(['open', `unix://${path}`, ...seen])
  })

  it('a repository opens no sockets and no devices', async () => {
    const here = place(user)
    here.write('repo/gump.toml', '[sandbox]\nsockets = ["/run/docker.sock"]\ndevices = ["/dev/kmsg"]\n')
    const { code, stderr } = await here.play('echo x > x.txt')
    expect(code).not.toBe(0)
    expect(stderr).toContain('sandbox.sockets')
    expect(stderr).toContain('sandbox.devices')
  })

  it.each(modes)('there is a /dev, a /tmp and a TMPDIR of its own, in mode %s', async (mode) => {
    const here = place(user)
    const left = mkdtempSync('/tmp/gump-left-')
    folders.push(left)
    const script = `ls /dev; echo "$TMPDIR"; ls -d ${left} /tmp/left 2>/dev/null | wc -l
      echo x > /tmp/left; echo x > /dev/shm/left; cat /dev/null; echo x > /proc/sys/kernel/core_pattern || echo no
      ls /tmp/left /dev/shm/left`
    const found = await words(here, script, { mode, env: { TMPDIR: here.home } })
    for (const name of ['null', 'zero', 'urandom', 'ptmx', 'pts', 'shm', 'fd']) expect(found).toContain(name)
    for (const name of ['kmsg', 'mem', 'sda', 'vda', 'kvm']) expect(found).not.toContain(name)
    expect(found.slice(-5)).toEqual(['/tmp', '0', 'no', '/dev/shm/left', '/tmp/left'])
    expect(existsSync('/tmp/left')).toBe(false)
  })

  it.each([...modes, 'require'])('~/.gump is read-only, in mode %s, also where it is new', async (mode) => {
    const here = place(user)
    const script = `echo 'sandbox.mode = "off"' > "$HOME/.gump/config.toml" || echo no
      mv "$HOME/.gump" "$HOME/other" || echo no; mv "$HOME" "$HOME.moved" || echo no; touch "$HOME/.gump/x" || echo no`
    expect(await words(here, script, { mode })).toEqual(['no', 'no', 'no', 'no'])
    expect(readFileSync(join(here.home, '.gump/config.toml'), 'utf8')).toContain('command')
  })
})

it.skipIf(!canMount || process.getuid?.() !== 0)('root cannot change the kernel', async () => {
  const here = place({ prefix: [] })
  const script = `for file in /proc/sys/kernel/core_pattern /proc/sysrq-trigger /sys/kernel/uevent_helper /sys/power/state
    do ( echo x > $file ) 2>/dev/null && echo "wrote $file"; done; test -e /dev/kmsg && echo kmsg; mknod "$OWN/kmsg" c 1 11 && echo made; echo done`
  expect(await words(here, script, { mode: 'auto' })).toEqual(['done'])
})

it.skipIf(!canMount)('what an engine that was killed left in /tmp is removed by the next one', async () => {
  const here = place({ prefix: [] })
  const left = '/tmp/gump-tmp-4194304.1-abcdef'
  folders.push(left)
  mkdirSync(join(left, 'tmp'), { recursive: true })
  await words(here, 'echo x', {})
  expect(existsSync(left)).toBe(false)
})
