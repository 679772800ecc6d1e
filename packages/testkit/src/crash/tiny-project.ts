/**
 * The rules of a tiny project, so that gates are real processes and still quick: `src/<name>.js` compiles unless it
 * holds SYNTAX, and `test/<name>.test.js` passes when that file says "<name> works". Each passes only if every process of
 * it has come to an answer of its own: `! grep` would take a grep that was killed for one that found nothing.
 */
export const gateCommands: Readonly<Record<string, string>> = {
  compile: 'grep -rs SYNTAX src; case $? in 1 | 2) true ;; *) false ;; esac',
  test: [
    'for t in test/*.test.js; do [ -e "$t" ] || continue; n=$(basename "$t" .test.js)',
    'grep -qs "$n works" "src/$n.js" || { echo "not ok $n"; exit 1; }; done',
  ].join('; '),
  lint: 'true',
  tests_found: 'ls test/*.test.js',
}

/** Its files before anything is done. */
export const projectFiles: Readonly<Record<string, string>> = {
  'README.md': '# Tiny\n',
  'spec.md': 'Make alpha and beta work.\n',
}
