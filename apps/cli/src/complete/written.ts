import type { Candidate } from './situation.js'

/** A shell that can be answered. */
export type CompletedShell = 'bash' | 'zsh' | 'fish'

/** Whether this is the name of a shell that can be answered. */
export function isShell(name: string): name is CompletedShell {
  return name === 'bash' || name === 'zsh' || name === 'fish'
}

interface HowWritten {
  /** Stands before each candidate in the same word: `--agent=`. */
  readonly lead: string
  /** What of the candidate is there already. */
  readonly prefix: string
  /** Files can stand there too. */
  readonly files: boolean
  /** bash: characters that end a word for it (COMP_WORDBREAKS); it wants only what follows the last of them. */
  readonly breaks: string
}

/** The candidates as this shell reads them, one a line, and whether files are wanted: `:files`, or `:` for no. */
export function written(
  shell: CompletedShell,
  candidates: readonly Candidate[],
  { lead, prefix, files, breaks }: HowWritten,
): string {
  const lines = candidates
    .map(({ word, about }) => ({ word: lead + word, about }))
    // Names come from repositories, too: none makes two lines, or moves the cursor.
    .filter(({ word }) => !/\p{Cc}/u.test(word))
    .map(({ word, about }) => {
      if (shell === 'bash') return quoted(word.slice(lastBreak(lead + prefix, breaks) + 1))
      const told = (about ?? '').replaceAll(/\p{Cc}+/gu, ' ')
      return told === '' ? word : `${word}\t${told}`
    })
  return [...lines, files ? ':files' : ':', ''].join('\n')
}

function lastBreak(typed: string, breaks: string): number {
  const breaking = [...'=:'].filter((char) => breaks.includes(char))
  return Math.max(-1, ...breaking.map((char) => typed.lastIndexOf(char)))
}

function quoted(word: string): string {
  return word.replaceAll(/[^\w./:=@%+,~-]/gu, String.raw`\$&`)
}
