import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { expect, it } from 'vitest'

const file = '../../schema/src/parse/builtin-names.ts'

/** The parser is below the packages that define gates and guards, so what it knows of them is written for it. */
it('tells the parser of the built-in gates and guards', async () => {
  await expect(
    `// Written from the definitions of gates and guards by \`vitest run packages/testkit/test/builtin-names.test.ts -u\`.
import type { GateName, GuardName } from './vocabulary.js'

/** The built-in gates, \`validate\` aside, which calls a workflow. */
export const builtinGateNames: readonly GateName[] = [
${builtinGates.map(({ name, argument, summary }) => entry({ name, argument, summary })).join('\n')}
]

/** The built-in guards. */
export const builtinGuardNames: readonly GuardName[] = [
${builtinGuards.map(({ name, value, summary }) => entry({ name, value, summary })).join('\n')}
]
`,
  ).toMatchFileSnapshot(file)
})

function entry(fields: Readonly<Record<string, string>>): string {
  return `  {\n${Object.entries(fields)
    .map(([key, text]) => line(key, quoted(text)))
    .join('')}  },`
}

/** Laid out as the formatter does. */
function line(key: string, value: string): string {
  const whole = `    ${key}: ${value},\n`
  return whole.length <= 111 ? whole : `    ${key}:\n      ${value},\n`
}

function quoted(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`
}
