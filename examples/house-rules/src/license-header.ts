import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { constants } from 'node:fs'
import { defineGate, excerpt, type GateDefinition, matchGlobs } from '@gump/gates'

const HEADER = 'SPDX-License-Identifier:'

/** `- license_header: "src/**"`: files that the attempt added say in their first lines which licence they have. */
export const licenseHeader: GateDefinition = defineGate({
  name: 'license_header',
  summary: 'passes when every added file that matches a glob has an SPDX licence header',
  argument: 'globs',
  required: true,
  async run({ cwd, argument, files }) {
    const globs = Array.isArray(argument) ? argument : [String(argument ?? '**')]
    const added = files.filter(({ status }) => status === 'added').map(({ path }) => path)
    const missing: string[] = []
    for (const path of matchGlobs(globs, added)) {
      if (!(await beginning(join(cwd, path))).includes(HEADER)) missing.push(path)
    }
    if (missing.length === 0) return { status: 'pass' }
    // File names are the agent's: `excerpt` shows what could fool a terminal, and keeps a long list short.
    return { status: 'fail', error: excerpt(`no "${HEADER} …" at the top of:\n${missing.join('\n')}`, 2000) }
  },
})

/** The first kilobyte of a file; nothing when it is no plain file. */
async function beginning(path: string): Promise<string> {
  // An agent can leave a link to any file of the machine, or a pipe that nobody writes to.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => null,
  )
  if (file === null) return ''
  try {
    if (!(await file.stat()).isFile()) return ''
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
