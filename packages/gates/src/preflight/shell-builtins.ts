/** Words that the shell itself carries out, and programs that every system with a shell has. */
export const SHELL_WORDS: ReadonlySet<string> = new Set(
  (
    '. : [ [[ alias bg break builtin cd command compgen continue declare dirs disown echo enable eval exec exit export false fc fg ' +
    'getopts hash help jobs kill let local mapfile popd printf pushd pwd read readarray readonly return set shift shopt source test ' +
    'times trap true type typeset ulimit umask unalias unset wait function select until caller coproc logout suspend while for if case in do done then else fi esac'
  ).split(' '),
)

/** Programs that run another one, named by their first word that is no option or assignment. */
export const WRAPPERS: ReadonlySet<string> = new Set([
  'c8',
  'nyc',
  'cross-env',
  'cross-env-shell',
  'dotenv',
  'env-cmd',
  'time',
  'nice',
  'nohup',
  'timeout',
  'xvfb-run',
  'stdbuf',
  'env',
  'sudo',
  'xargs',
  'node_modules/.bin/c8',
])
