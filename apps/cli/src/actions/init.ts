import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { isSystemError, whileDoing } from '@gump/errors'
import { createCommandResolver, diskFiles } from '@gump/gates'
import { findOnPath } from '@gump/process'

import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'
import { exampleSpec } from '../init/example-spec.js'
import { type DetectedGate, renderGumpToml } from '../init/gump-toml.js'
import { requireRepository } from '../repository.js'

export async function init(context: CliContext): Promise<number> {
  const root = requireRepository(context.cwd)
  const resolver = createCommandResolver({
    files: diskFiles(root),
    findProgram: (name) => findOnPath(name, context.env) ?? null,
  })
  const gates = await Promise.all(
    ['compile', 'test', 'lint', 'coverage'].map(async (alias): Promise<DetectedGate> => {
      const found = await resolver.resolve(alias)
      const command = found.status === 'resolved' ? found.command : null
      return { alias, command, because: found.because }
    }),
  )
  await writeNew(context, root, 'gump.toml', renderGumpToml(gates))
  await writeNew(context, root, 'spec.md', exampleSpec)
  context.stdout.write(`
Write into spec.md what should be built, then:
  gump doctor                            is everything there?
  gump run tdd --spec spec.md --dry-run  what would happen?
  gump run tdd --spec spec.md
`)
  return exitCodes.passed
}

/** Exclusive creation: an existing file stays. */
async function writeNew(context: CliContext, root: string, name: string, text: string): Promise<void> {
  const path = join(root, name)
  const written = await whileDoing({ code: 'GUMP-C008', doing: `writing ${name}`, path }, () =>
    writeFile(path, text, { flag: 'wx' }).then(() => true, unlessThere),
  )
  context.stdout.write(written ? `wrote ${name}\n` : `${name} is already there and stays as it is\n`)
}

function unlessThere(error: unknown): false {
  if (isSystemError(error) && error.code === 'EEXIST') return false
  throw error
}
