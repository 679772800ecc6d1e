import { createServer } from 'node:net'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'talks to an abstract socket of the user’s, which has no path',
  must: 'limit',
  limit:
    'Abstract sockets have no path that could be hidden: a program of the user that takes commands on one is within reach.',
  async run(w) {
    if (process.platform !== 'linux') return 'abstract sockets are a feature of Linux'
    const name = `\0gump-attack-${process.pid}`
    let heard = null
    const server = createServer((socket) => socket.on('data', (data) => (heard = String(data))))
    const listening = await new Promise((resolve) => {
      server.once('error', () => resolve(false)).listen(name, () => resolve(true))
    })
    if (!listening) return 'this Node.js makes no abstract sockets'
    w.agent(
      `node -e 'const s=require("net").connect("\\0gump-attack-${process.pid}",()=>{s.end("run this")});s.on("error",e=>console.log(e.message))'; echo x > x.txt`,
    )
    await w.run()
    server.close()
    return { got: heard === null ? null : 'the program of the user heard it' }
  },
}
