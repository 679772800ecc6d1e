import { createServer } from 'node:net'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'talks to a socket on which a program of the user takes commands (tmux, docker, an editor)',
  must: { strict: 'held', auto: 'held', off: 'limit', bare: 'limit' },
  limit: 'Without a sandbox an agent reaches every socket that its user reaches.',
  async run(w) {
    const path = join(w.out, 'tmux.sock')
    let heard = null
    const server = createServer((socket) => socket.on('data', (data) => (heard = String(data)))).listen(path)
    await new Promise((resolve) => server.once('listening', resolve))
    w.agent(
      `node -e 'const s=require("net").connect("${path}",()=>{s.end("run this")});s.on("error",e=>console.log(e.message))'; echo x > x.txt`,
    )
    await w.run()
    server.close()
    return { got: heard === null ? null : 'the program of the user heard it' }
  },
}
