import { readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { contains } from './mounts.js'

/** A process that may talk to these can run programs outside the sandbox, as root or as the user. */
const CONTROL_SOCKETS = [
  '/run/docker.sock',
  '/run/containerd',
  '/run/podman',
  '/run/buildkit',
  '/run/crio',
  '/run/k3s',
  '/run/snapd.sock',
  '/run/snapd-snap.socket',
  '/run/libvirt',
  '/run/dbus',
  '/run/user',
  '/run/screen',
  '/run/systemd/private',
  '/var/run/docker.sock',
  '/var/lib/lxd/unix.socket',
  '/var/lib/incus/unix.socket',
]

/** The same below the user's home. */
const CONTROL_SOCKETS_AT_HOME = [
  '.docker/run',
  '.docker/desktop/docker.sock',
  '.colima/default/docker.sock',
  '.rd/docker.sock',
  '.orbstack/run',
  '.1password/agent.sock',
  '.gnupg/S.gpg-agent',
  '.gnupg/S.gpg-agent.ssh',
]

/** A program that asks here gets the names of users and hosts, or gets a package built: ordinary work needs it. */
const NAME_SERVICES = [
  '/run/nscd',
  '/run/systemd/resolve',
  '/run/systemd/userdb',
  '/run/avahi-daemon',
  '/var/lib/sss/pipes',
  '/nix/var/nix/daemon-socket',
]

/** Whose sockets are closed. */
export interface SocketQuery {
  /** All of them, or also leave those of the system's services, such as databases. */
  readonly all: boolean
  readonly env: Readonly<Record<string, string>>
  /** Sockets, or folders of sockets, that stay open. */
  readonly open: readonly string[]
}

/** Paths of sockets, and of folders of sockets, that a sandboxed program must not reach. Some may not exist. */
export function closedSockets({ all, env, open }: SocketQuery): string[] {
  const home = env['HOME']
  const known = [
    ...CONTROL_SOCKETS,
    ...(home?.startsWith('/') === true ? CONTROL_SOCKETS_AT_HOME.map((name) => join(home, name)) : []),
  ]
  const bound = boundSockets().filter((path) => {
    const owner = ownerOfSocket(path)
    return owner !== undefined && (all || !isService(owner)) && !isBelow(NAME_SERVICES, path)
  })
  const named = Object.values(env).flatMap((value) => socketsIn(value))
  const opened = open.map(real)
  return [...new Set([...known, ...bound, ...named])].filter((path) => !isBelow(opened, real(path)))
}

/** Variables that tell programs which socket to talk to. */
const POINTERS = [
  'CONTAINER_HOST',
  'DBUS_SESSION_BUS_ADDRESS',
  'DBUS_STARTER_ADDRESS',
  'DBUS_SYSTEM_BUS_ADDRESS',
  'DISPLAY',
  'DOCKER_HOST',
  'GNOME_KEYRING_CONTROL',
  'GPG_AGENT_INFO',
  'SESSION_MANAGER',
  'SSH_AGENT_PID',
  'SSH_AUTH_SOCK',
  'STY',
  'TMUX',
  'TMUX_PANE',
  'TMUX_TMPDIR',
  'WAYLAND_DISPLAY',
  'WAYLAND_SOCKET',
  'XAUTHORITY',
]

/** The variables that would lead a program to a closed socket; those of an open one stay. */
export function closedVariables(
  env: Readonly<Record<string, string>>,
  open: readonly string[],
): readonly string[] {
  const opened = open.map(real)
  return Object.keys(env).filter((name) => {
    const value = env[name] ?? ''
    const sockets = targetsOf(name, value, env)
    if (sockets.some((path) => isBelow(opened, real(path)))) return false
    return POINTERS.includes(name) || socketsIn(value).length > 0
  })
}

function targetsOf(name: string, value: string, env: Readonly<Record<string, string>>): readonly string[] {
  switch (name) {
    case 'DISPLAY':
    case 'XAUTHORITY':
      return [`/tmp/.X11-unix/X${/^:(\d+)/.exec(env['DISPLAY'] ?? '')?.[1] ?? ''}`]
    case 'WAYLAND_DISPLAY':
      return [join('/', env['XDG_RUNTIME_DIR'] ?? '', value)]
    case 'SSH_AGENT_PID':
      return [env['SSH_AUTH_SOCK'] ?? '']
    case 'TMUX_PANE':
    case 'TMUX_TMPDIR':
      return pathsIn(env['TMUX'] ?? '')
    default:
      return pathsIn(value)
  }
}

/** `/path`, `unix:///path`, `unix:path=/path,guid=…`, `/path,pid,pane`. */
function pathsIn(value: string): readonly string[] {
  return [...value.matchAll(/(?:^|:\/\/|=|:)(\/[^,;:]+)/g)].map(([, path = '']) => path)
}

function socketsIn(value: string): readonly string[] {
  return value.includes('/') ? pathsIn(value).filter((path) => ownerOfSocket(path) !== undefined) : []
}

/** The sockets with a path that a process listens at, in our network namespace. */
function boundSockets(): readonly string[] {
  let text: string
  try {
    text = readFileSync('/proc/net/unix', 'utf8')
  } catch {
    return []
  }
  return [...new Set([...text.matchAll(/ (\/.+)$/gm)].map(([, path = '']) => path))]
}

function ownerOfSocket(path: string): number | undefined {
  try {
    const stats = statSync(path)
    return stats.isSocket() ? stats.uid : undefined
  } catch {
    return undefined
  }
}

/** True for the users of databases and the like: not root, and nobody who logs in. */
function isService(uid: number): boolean {
  return (uid > 0 && uid < 1000) || (uid >= 61_184 && uid <= 65_519)
}

function isBelow(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => contains(folder, path))
}

function real(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}
