import { basename } from 'node:path'

import { files } from './files.mjs'

const meaningless = /^(?:utils?|helpers?|common|misc|shared|stuff)\.[cm]?[jt]sx?$/u

export const fileNames = {
  name: 'file-names',
  why: 'A file is named after its concept, so that a reader can guess where something is.',
  check: (root) =>
    files(root)
      .filter((file) => meaningless.test(basename(file)))
      .map((file) => `${file}: name it after what it holds`),
}
