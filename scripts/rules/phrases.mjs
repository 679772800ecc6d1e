import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

import { files } from './files.mjs'

/** Phrases that read as a riddle or as no English at all, and what to write instead. A space may be a line break, too. */
const phrases = [
  ['can not', 'write "cannot"'],
  ['what only judges', 'name the step, gate or workflow'],
  ['is nothing that', 'say what is not so, or who does not do it'],
  ['(?:can|could)(?:not| not) be had', 'say what is missing, or what was not found'],
  ['(?:is|are|was|were) (?:not )?to be had', 'say what is missing, or why'],
  ['(?:goes|go|going|went|gone) on', 'write "continues", or what is in progress'],
  ['some(?:body|one)', 'name who: the user, another process, a program'],
  ['whoever', 'name who, or say "no matter who"'],
  ['(?:is|are|was|were|be|been|being) told', 'write "is reported", or who learns what from where'],
  ['all the same', 'write "anyway" or "still"'],
  ['what becomes of', 'name the result'],
  ['(?:what|whatever) became of', 'name the result'],
  ['(?:stand|stands|stood) in the way', 'say what prevents what'],
  ['anew', 'write "again"'],
  ['as ever', 'write "as usual" or "as always"'],
  ['for ever', 'write "forever"'],
  ['for good', 'write "permanently", or say which attempt is the last'],
  ['passed over', 'write "skipped" or "ignored"'],
  ['(?:nothing|anything) be heard', 'write "without any output"'],
  ['(?:and|or) its like', 'write "similar", and name the kind'],
  ['dear(?:er|est)', 'write "more expensive", "highest price"'],
  ['(?:do|does|did) otherwise', 'say what happens instead'],
  ['asked for no more', 'write "no longer requested"'],
].map(([phrase, instead]) => ({ pattern: acrossLines(phrase), instead }))

/** The phrase as whole words, where each space may be the end of a line and the mark of the next comment line. */
function acrossLines(phrase) {
  return new RegExp(`\\b${phrase.replaceAll(' ', '\\s+(?:(?:\\*|//|#)\\s+)?')}\\b`, 'giu')
}

const prose = new Set(['.md', '.ts', '.mjs', '.yaml', '.yml', '.toml'])

/** What other programs have said is quoted as they said it. */
const quotations = ['packages/agents/src/failures/', 'packages/agents/test/failures/', 'scripts/rules/']

export const phrasesRule = {
  name: 'phrases',
  why: 'Texts are read by people who were not there: plain words, said directly.',
  check: (root) =>
    files(root)
      .filter((file) => prose.has(extname(file)) && !quotations.some((folder) => file.startsWith(folder)))
      .flatMap((file) => findings(file, readFileSync(join(root, file), 'utf8'))),
}

function findings(file, text) {
  return phrases.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map((match) => {
      const line = text.slice(0, match.index).split('\n').length
      return `${file}:${line}: "${match[0].replace(/\s+(?:(?:\*|\/\/|#)\s+)?/gu, ' ')}": ${instead}`
    }),
  )
}
