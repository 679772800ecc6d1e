import { capture } from '../../scripts/toolchain/exec.mjs'

// The shell stays, as the first process of the namespace, and collects the orphans.
const inside = '(ip link set lo up || ifconfig lo up) 2>/dev/null; "$@"; exit $?'
const namespaces = ['--net', '--pid', '--fork', '--kill-child', '--mount-proc']
const candidates = [
  ['unshare', ...namespaces],
  ['unshare', '--user', '--map-root-user', ...namespaces],
]
const probe = `const net = require('node:net').createServer()
net.on('error', () => process.exit(1)).listen(0, '127.0.0.1', () => {
  require('node:net').connect(net.address().port, '127.0.0.1', () => process.exit(0)).on('error', () => process.exit(1))
})`

/**
 * How a command is shut off from every network: the words to put in front of it, or none when this machine cannot.
 *
 * @returns {Promise<readonly string[] | null>}
 */
export async function isolation() {
  if (process.platform !== 'linux') return null
  for (const words of candidates) {
    const prefix = [...words, 'sh', '-c', inside, 'sh']
    const [file, ...args] = [...prefix, process.execPath, '-e', probe]
    if ((await capture(file, args)).code === 0) return prefix
  }
  return null
}
