import { build } from './build.mjs'
import { install } from './install.mjs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

/** Brings a fresh clone to the point where `gump` runs; exits with a message when that is impossible. */
export async function prepare() {
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.\n`)
    process.exit(2)
  }
  for (const step of [install, build]) {
    const code = await step()
    if (code !== 0) process.exit(code)
  }
}
