import type { CliContext } from '../context.js'
import { exitCodes } from '../exit-codes.js'

/** Prints the script that has a shell ask `gump __complete` what can follow on a command line. */
export async function completion(context: CliContext, shell: string): Promise<number> {
  context.stdout.write(shell === 'fish' ? fish : shell === 'zsh' ? zsh : bash)
  return exitCodes.passed
}

// The last line of an answer is `:files` where names of files can stand, too, and `:` where they cannot.

const bash = `_gump() {
  local line current=\${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :) ;;
      :files)
        compopt -o filenames 2>/dev/null
        [ "$current" != "=" ] && [ "$current" != ":" ] || current=
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
        ;;
      *) COMPREPLY+=("$line") ;;
    esac
  done < <(gump __complete bash "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -F _gump gump
`

const zsh = `#compdef gump
_gump() {
  local line files=0
  local -a found
  for line in "\${(@f)$(gump __complete zsh -- "\${(@Q)words[1,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :) ;;
      :files) files=1 ;;
      ?*) line=\${line//\\\\/\\\\\\\\}; line=\${line//:/\\\\:}; found+=("\${line/$'\\t'/:}") ;;
    esac
  done
  (( \${#found} )) && _describe -t gump gump found
  if (( files )); then
    [[ $PREFIX == --*=* ]] && compset -P '*='
    _files
  fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
if [[ \${funcstack[1]} == _gump ]]; then _gump "$@"; else compdef _gump gump; fi
`

const fish = `function __gump_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (gump __complete fish -- $words 2>/dev/null)
        switch $line
            case :
            case :files
                __fish_complete_path (string replace -r -- '^--[a-z-]+=' '' (commandline -ct))
            case '*'
                echo $line
        end
    end
end
complete -c gump -f -a '(__gump_complete)'
`
