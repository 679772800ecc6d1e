/** Words after which a command may start, so that `case` is a keyword there. */
const openers = new Set(['!', '{', 'do', 'elif', 'else', 'if', 'then', 'time', 'until', 'while'])
const arithmeticTest = /^-(?:eq|ne|lt|le|gt|ge|v)$/

/** Stands in a word for what is quoted, escaped or expanded, so that it never looks like a keyword. */
export const opaque = '\u0000'

/** What is known about the words of one command list: the top level, a subshell, a substitution. */
export interface WordState {
  /** The word under the cursor as far as it is plain text. */
  word: string
  /** Variables of the word under the cursor and of the one before it, as indices of placements. */
  variables: number[]
  previousWord: string
  previousVariables: number[]
  /** A command may start with the next word. */
  atStart: boolean
  /** Open `case … esac`: a `)` ends a pattern there. */
  cases: number
  /** Inside `[[ … ]]`, where `-eq` and its kin evaluate their operands as arithmetic. */
  inTest: boolean
}

export function newWordState(): WordState {
  return {
    word: '',
    variables: [],
    previousWord: '',
    previousVariables: [],
    atStart: true,
    cases: 0,
    inTest: false,
  }
}

/** Ends the word under the cursor. Returns the placements that turned out to be operands of arithmetic. */
export function endWord(state: WordState): readonly number[] {
  const { word } = state
  if (word === '') return []
  let evaluated: readonly number[] = []
  if (state.inTest) {
    if (arithmeticTest.test(word)) evaluated = state.previousVariables
    else if (arithmeticTest.test(state.previousWord)) evaluated = state.variables
    if (word === ']]') state.inTest = false
  } else if (state.atStart) {
    if (word === 'case') state.cases += 1
    if (word === 'esac') state.cases = Math.max(0, state.cases - 1)
    if (word === '[[') state.inTest = true
    const isAssignment = /^[A-Za-z_]\w*\+?=/.test(word)
    state.atStart = openers.has(word) || isAssignment
  }
  state.previousWord = word
  state.previousVariables = state.variables
  state.word = ''
  state.variables = []
  return evaluated
}

/** Ends the command under the cursor: a new one may start. */
export function endCommand(state: WordState): readonly number[] {
  const evaluated = endWord(state)
  state.atStart = !state.inTest
  if (!state.inTest) {
    state.previousWord = ''
    state.previousVariables = []
  }
  return evaluated
}

/** The word under the cursor is the subscript of an array assignment, which the shell evaluates as arithmetic. */
export function inSubscript(state: WordState): boolean {
  return state.atStart && /^[A-Za-z_]\w*\[[^\]]*$/.test(state.word)
}
