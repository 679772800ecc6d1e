import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findShellProblems, maxShellValueBytes, parseTemplate, renderShell } from '@gump/state'

const hostile = [
  '-n',
  '*',
  ' ',
  '~',
  '\\',
  'GUMP_V1',
  '--help  a  b\tc ? [a-z]* {a,b} =',
  "it's \"quoted\" '; touch pwned; '",
  '"; touch pwned; " \\"',
  '$(touch pwned) `touch pwned` ${HOME} $HOME $((1))',
  'line 1\nline 2\n\nEOF\nE\nline 3 \\\n',
  'a\r\nb {task.name} {{x}} !history #comment & | ; < > ( )',
  '\u0001\u007f é 😀',
]

function bash(text: string, values: Record<string, string>): string {
  const { command, env } = renderShell(parseTemplate(text), (name) =>
    Object.hasOwn(values, name) ? values[name] : undefined,
  )
  return execFileSync('bash', ['-c', command], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', LC_ALL: 'C.UTF-8', ...env },
    encoding: 'utf8',
    cwd: '/',
  })
}

/** Commands that print the value of {v}, wherever it stands, followed by an x. */
const places: Record<string, string> = {
  bare: 'printf %sx {v}',
  'inside a word': 'a=--name={v}; printf %sx "${a#--name=}"',
  'double quotes': 'printf %sx "{v}"',
  'locale quotes': 'printf %sx $"{v}"',
  'between other quotes': `printf '%s%s%sx' '' "" {v}''`,
  'after an escaped quote': 'printf %.0s%sx "\\"" {v}',
  'a command substitution': 'printf %s "$(printf %sx {v})"',
  'quotes in a command substitution in quotes': 'printf %s "$(printf "%s"x "{v}")"',
  'nested substitutions': 'printf %s "$(printf %s "$(printf "%s"x {v})")"',
  backticks: 'printf %s "`printf %sx {v}`"',
  'quotes in backticks': 'printf %s `true`"`printf %sx "{v}"`"',
  'a here-document': 'cat <<EOF | head -c -1\n{v}x\nEOF',
  'a here-document with tabs': 'cat <<-EOF | head -c -1\n\t"\'{v}x\n\tEOF\n',
  'a substitution in a here-document': 'cat <<EOF | head -c -1\n$(printf %sx {v})\nEOF\n',
  'after two here-documents': 'cat <<A <<"B" >/dev/null\n\' "\nA\n\' " $( ` \nB\nprintf %sx {v}',
  'a here-document in a subshell': '(cat <<EOF)\n"{v}x"\nEOF\n',
  'a here-string': 'cat <<<{v}x | head -c -1',
  'after a comment': 'true # it\'s a "comment\nprintf %sx {v}',
  'after a comment in a word': 'true a#b; printf %sx {v}',
  'after dollar quotes': "printf '%.0s%s' $'it\\'s' {v}x",
  'after a parameter expansion': `: "\${unset:-'it}s"'}" \${a#"}"} "\${b%'"'}" \${#} \${##}; printf %sx {v}`,
  'after arithmetic': ': $((1 << 2)) $[1+(2)]; ((1 > 0)); for ((i=0; i<1; i++)); do printf %sx "{v}"; done',
  'after a subshell that looks like arithmetic': '((true); true); printf %sx {v}',
  'in a case in a substitution': 'printf %s "$(case a in (b) ;; a) printf %sx {v} ;; esac)"',
  'as a pattern': 'case {v} in {v}) printf %sx {v} ;; esac',
  'in a test': 'if [[ {v} == {v} && ( -n {v} ) ]]; then printf %sx {v}; fi',
  'in a process substitution': 'cat <(printf %sx {v})',
  'an array': 'a=(1 {v}); printf %sx "${a[1]}"',
  'in a function': 'f() { printf %sx "$1"; }; f {v}',
  'after a line continuation': 'printf \\\n %sx {v}',
  'after a backslash before a quote': 'printf %.0s%sx \\" {v}',
  'a comment with the variable': '# {v} is "data\nprintf %sx {v}',
}

describe('in real bash a value arrives byte for byte', () => {
  it.each(Object.entries(places))('%s', (name, text) => {
    for (const value of hostile) {
      const decorated = name.startsWith('a here-document with') ? /^["']{2}/ : /^(?!)/
      const printed = bash(text, { v: value }).replace(decorated, '')
      const expected = name === 'a here-document in a subshell' ? `"${value}x"\n` : `${value}x`
      expect(printed, JSON.stringify(value)).toBe(expected)
    }
  })

  it('for any text', () => {
    const char = fc.oneof(
      fc.constantFrom(...'"\'`$(){}\\\n\t *?[]~#!;&|<>-='),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    )
    const value = fc.string({ unit: char }).filter((text) => !text.includes('\0'))
    const all = 'printf "%s\\0" {v} "{v}" "$(printf %s {v}x)" x{v}y; cat <<EOF\n{v}\nEOF'
    fc.assert(
      fc.property(value, (v) => {
        expect(bash(all, { v })).toBe(`${v}\0${v}\0${v}x\0x${v}y\0${v}\n`)
      }),
      { numRuns: 60 },
    )
  })

  it('also a value that is larger than one environment variable may be', () => {
    const v = `${'é😀'.repeat(60_000)}"\n`
    expect(bash('printf %s {v}', { v })).toBe(v)
    expect(bash('printf %s "<{v}>"', { v })).toBe(`<${v}>`)
  })
})

describe('renderShell', () => {
  it('is deterministic and uses one variable for each name', () => {
    expect(renderShell(parseTemplate('a {x} "{y}" {x}'), (name) => name.toUpperCase())).toEqual({
      command: 'a "${GUMP_V1}" "${GUMP_V2}" "${GUMP_V1}"',
      env: { GUMP_V1: 'X', GUMP_V2: 'Y' },
    })
  })

  it('leaves names that have no value as text, in every place', () => {
    const text = "awk '{print}' {a} \\{a} $(( {a} )) # {a}"
    expect(renderShell(parseTemplate(text), () => undefined)).toEqual({ command: text, env: {} })
    expect(bash(`printf '%s\\n' a b | awk '{print}' # {x}`, { x: '\ntouch pwned' })).toBe('a\nb\n')
  })

  it('unescapes doubled braces and keeps shell braces', () => {
    expect(renderShell(parseTemplate('echo {{a}} ${a:-${b}} {1..3}'), () => 'no').command).toBe(
      'echo {a} ${a:-${b}} {1..3}',
    )
  })

  it('removes no line, since that would join its neighbours', () => {
    expect(bash('printf "[%s]" \\\n  {flag}\nprintf done', { flag: '' })).toBe('[]done')
  })

  it.each([
    ["echo '{v}'", 'GUMP-T004'],
    ["echo $'{v}'", 'GUMP-T004'],
    [`echo "$(echo '{v}')"`, 'GUMP-T004'],
    ["cat <<'EOF'\n{v}\nEOF", 'GUMP-T005'],
    ['cat <<\\EOF\n{v}\nEOF', 'GUMP-T005'],
    ['cat <<{v}\n{v}', 'GUMP-T005'],
    ['cat <<E{v}\n', 'GUMP-T005'],
    ['echo \\{v}', 'GUMP-T005'],
    ['echo "\\{v}"', 'GUMP-T005'],
    ['cat <<E\n\\{v}\nE', 'GUMP-T005'],
    ['echo ${a:-{v}}', 'GUMP-T005'],
    ['echo $(( {v} ))', 'GUMP-T005'],
    ['(( {v} )) && x', 'GUMP-T005'],
    ['for (( i={v}; i<3; i++ )); do :; done', 'GUMP-T005'],
    ['echo $[{v}]', 'GUMP-T005'],
    ['a[{v}]=1', 'GUMP-T005'],
    ['[[ {v} -eq 1 ]]', 'GUMP-T005'],
    ['[[ 1 -lt {v} ]]', 'GUMP-T005'],
    ['if [[ -v {v} ]]; then :; fi', 'GUMP-T005'],
    ['echo `echo \\`echo {v}\\``', 'GUMP-T005'],
  ])('refuses %s', (text, code) => {
    const template = parseTemplate(text)
    expect(() => renderShell(template, () => 'x')).toThrow(expect.objectContaining({ code }))
    const [problem] = findShellProblems(template)
    expect(problem).toMatchObject({ code, variable: { name: 'v' } })
    expect(problem?.remedy).toBeTruthy()
    expect(findShellProblems(template, () => false)).toEqual([])
  })

  it('reports all problems of a command', () => {
    expect(
      findShellProblems(parseTemplate(`a '{x}' {y} '{z}'`)).map((problem) => problem.variable.name),
    ).toEqual(['x', 'z'])
  })

  it('does not take a later number for arithmetic', () => {
    expect(
      findShellProblems(parseTemplate('[ {v} -eq 1 ]; [[ {v} == 1 && 2 -eq 2 ]]; test {v} -lt 3; ls a[{v}]')),
    ).toEqual([])
  })

  it('refuses what no environment can carry', () => {
    expect(() => renderShell(parseTemplate('echo {v}'), () => 'a\0b')).toThrow(
      expect.objectContaining({ code: 'GUMP-T006', data: { name: 'v', reason: 'nul' } }),
    )
    expect(() => renderShell(parseTemplate('echo {v}'), () => 'x'.repeat(maxShellValueBytes + 1))).toThrow(
      expect.objectContaining({ code: 'GUMP-T006', data: expect.objectContaining({ reason: 'size' }) }),
    )
  })

  it('places variables in linear time', () => {
    const text = '"$(echo \'a\' `b` <<E\n$x\nE\n)" {v} '.repeat(20_000)
    const start = performance.now()
    renderShell(parseTemplate(text), () => 'x')
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
