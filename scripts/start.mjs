// `npm start`: from a fresh clone to a real run in one command. `npm start -- ARGS` passes ARGS to gump instead.
import { join } from 'node:path'

import { exec } from './toolchain/exec.mjs'
import { prepare } from './toolchain/prepare.mjs'
import { root } from './toolchain/root.mjs'

const args = process.argv.slice(2)

await prepare()
process.exitCode =
  args.length === 0
    ? await exec(process.execPath, [join(root, 'scripts/demo.mjs')], { stdin: 'inherit' })
    : await exec(process.execPath, [join(root, 'apps/cli/bin/gump.js'), ...args], {
        stdin: 'inherit',
        cwd: process.env.INIT_CWD ?? process.cwd(),
      })
