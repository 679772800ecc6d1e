/** A split into tasks of the tiny project; each may change its own two files, and what is listed in `shared`. */
export function split(
  step: string,
  names: readonly string[] = ['alpha', 'beta'],
  shared: readonly string[] = [],
): string {
  const tasks = names.map((name) => ({
    name,
    description: `Make ${name} work`,
    files: [`src/${name}.js`, `test/${name}.test.js`, ...shared],
  }))
  return `- match: {step: ${step}}\n  do: [{out: {plan: ${JSON.stringify(tasks)}}}]\n`
}

/** What one attempt writes: `works` is right, `broken` compiles but fails its test, `syntax` does not compile. */
export function writes(match: string, name: string, how: 'works' | 'broken' | 'syntax', more = ''): string {
  const content = { works: `${name} works\\n`, broken: `${name} is close\\n`, syntax: 'SYNTAX\\n' }[how]
  return `- match: {${match}}\n  do: [{write: {path: src/${name}.js, content: "${content}"}}${more}]\n`
}

/** An addition to {@link writes}: the test of a file. */
export function test(name: string): string {
  return `, {write: {path: test/${name}.test.js, content: "checks ${name}\\n"}}`
}

/** The answer of a validate step. */
export function verdict(match: string, pass: boolean, comments: string): string {
  return `- match: {${match}}\n  do: [{out: {validate: {pass: ${pass}, comments: "${comments}"}}}]\n`
}
