import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { files } from './files.mjs'

const fence = /^(```|~~~)[\s\S]*?^\1/gmu
const link = /\]\(([^)\s]+)\)/gu

export const links = {
  name: 'links',
  why: 'A link between documents leads somewhere.',
  check: (root) =>
    files(root)
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...readFileSync(join(root, file), 'utf8').replace(fence, '').matchAll(link)]
          .map(([, target]) => target.split('#')[0])
          .filter((target) => target !== '' && !/^[a-z]+:/u.test(target))
          .filter((target) => !existsSync(join(root, dirname(file), target)))
          .map((target) => `${file}: ${target} does not exist`),
      ),
}
