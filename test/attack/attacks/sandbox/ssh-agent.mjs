import { createServer } from 'node:net'
import { join } from 'node:path'

/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'signs with the user’s ssh-agent, which SSH_AUTH_SOCK names',
  must: { strict: 'held', auto: 'held', off: 'limit', bare: 'limit' },
  limit: 'Without a sandbox an agent reaches every socket that its user reaches.',
  async run(w) {
    const path = join(w.home, 'agent.sock')
    let heard = false
    const server = createServer((socket) => {
      heard = true
      socket.destroy()
    }).listen(path)
    await new Promise((resolve) => server.once('listening', resolve))
    w.agent(
      `node -e 'for (const p of [process.env.SSH_AUTH_SOCK, "${path}"]) if (p) require("net").connect(p).on("error",()=>{})'; sleep 0.2; echo x > x.txt`,
    )
    await w.run([], { env: { SSH_AUTH_SOCK: path } })
    server.close()
    return { got: heard ? 'the ssh-agent was asked' : null }
  },
}
