/**
 * The waiting half, for `/bin/sh`: collects what the engine says about its containers until the pipe closes, and then
 * hands it to node (`$1`). A shell, because it waits for the whole life of the engine: 1 MB instead of 40.
 */
export const WAIT_SCRIPT: string = `
trap '' HUP INT TERM
log=
while IFS= read -r line; do
  case $line in
  clear) log= ;;
  *) log="$log$line
" ;;
  esac
done
[ -z "$log" ] || printf %s "$log" | "$1" -e "$REAP_SCRIPT"
`

/**
 * The killing half, for `node -e`. Text rather than a module, so that it is there when the engine is bundled into one
 * file. It repeats in small what the sweep does: the group or namespace first, then every process that carries a marker, until
 * two looks find nobody or 5 s are over.
 */
export const REAP_SCRIPT: string = `
const fs = require('node:fs')
const live = new Map()
for (const line of fs.readFileSync(0, 'utf8').split('\\n')) {
  if (line === '') continue
  const entry = JSON.parse(line)
  if (entry.ended) live.delete(entry.container)
  else live.set(entry.container, entry)
}
if (live.size === 0) process.exit()
const linux = process.platform === 'linux'
const kill = (pid) => { try { process.kill(pid, 'SIGKILL') } catch {} }
const read = (path) => { try { return fs.readFileSync(path, 'latin1') } catch { return '' } }
const startOf = (pid) => {
  const stat = read('/proc/' + pid + '/stat')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}
for (const { leader, init, cgroup } of live.values()) {
  if (cgroup) try { fs.writeFileSync(cgroup + '/cgroup.kill', '1') } catch {}
  if (init && startOf(init.pid) === init.pidStart) kill(init.pid)
  if (leader) {
    const start = linux ? startOf(leader.pid) : leader.pidStart
    if (start === undefined || start === leader.pidStart) kill(-leader.pid)
  }
}
const latin1 = (text) => Buffer.from(text).toString('latin1')
const markers = [...live.keys()].map((id) => latin1('GUMP_CONTAINER=' + id))
const carriers = () => {
  if (linux) return fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).map(Number).filter((pid) => {
    const environment = '\\0' + read('/proc/' + pid + '/environ')
    return markers.some((marker) => environment.includes('\\0' + marker + '\\0'))
  })
  const options = { encoding: 'latin1', maxBuffer: 67108864, stdio: ['ignore', 'pipe', 'ignore'] }
  let rows = ''
  try { rows = require('node:child_process').execFileSync('/bin/ps', ['-axEww', '-o', 'pid=,command='], options) } catch {}
  return rows.split('\\n').filter((row) => markers.some((marker) => (row + ' ').includes(' ' + marker + ' '))).map((row) => parseInt(row, 10))
}
const nap = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
const deadline = Date.now() + 5000
for (let quiet = 0; quiet < 2 && Date.now() < deadline; ) {
  const found = carriers().filter((pid) => pid > 1 && pid !== process.pid)
  found.forEach(kill)
  quiet = found.length === 0 ? quiet + 1 : 0
  nap(2)
}
for (const { cgroup } of live.values()) {
  for (let tries = 0; cgroup && tries < 50; tries++) {
    try { fs.rmdirSync(cgroup); break } catch (error) { if (error.code === 'ENOENT') break }
    nap(2)
  }
}
`
