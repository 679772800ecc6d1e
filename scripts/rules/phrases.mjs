import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

import { files } from './files.mjs'

/** Phrases that read as a riddle or as no English at all, and what to write instead. */
const phrases = [
  [/\bcan not\b/iu, 'write "cannot"'],
  [/\bwhat only judges\b/iu, 'name the step, gate or workflow'],
  [/\bis nothing that\b/iu, 'say what is not so, or who does not do it'],
  [/\b(?:can|could)(?:not| not) be had\b/iu, 'say what is missing, or what was not found'],
]

const prose = new Set(['.md', '.ts', '.mjs', '.yaml', '.yml', '.toml'])

/** What other programs have said is quoted as they said it. */
const quotations = ['packages/agents/src/failures/', 'packages/agents/test/failures/', 'scripts/rules/']

export const phrasesRule = {
  name: 'phrases',
  why: 'Texts are read by people who were not there: plain words, said directly.',
  check: (root) =>
    files(root)
      .filter((file) => prose.has(extname(file)) && !quotations.some((folder) => file.startsWith(folder)))
      .flatMap((file) =>
        readFileSync(join(root, file), 'utf8')
          .split('\n')
          .flatMap((line, index) =>
            phrases
              .filter(([phrase]) => phrase.test(line))
              .map(([phrase, instead]) => `${file}:${index + 1}: "${phrase.exec(line)?.[0]}": ${instead}`),
          ),
      ),
}
