import { catalogue, type ErrorCode } from './catalogue.js'

const families: readonly (readonly [prefix: string, title: string])[] = [
  ['GUMP-W', 'Workflow files'],
  ['GUMP-T', 'Templates and variables'],
  ['GUMP-C', 'Configuration'],
  ['GUMP-P', 'Preconditions of a run'],
  ['GUMP-R', 'Runs'],
  ['GUMP-A', 'Agents'],
  ['GUMP-G', 'Git, worktrees and apply'],
  ['GUMP-L', 'Ledger'],
  ['GUMP-X', 'Processes and sandbox'],
  ['GUMP-S', 'The operating system'],
]

/** The error reference as Markdown: every code of the catalogue with its title and remedy, by family. */
export function renderErrorReference(): string {
  const codes = (Object.keys(catalogue) as ErrorCode[]).toSorted()
  const parts = [
    '# Error reference',
    'Every problem that Gump reports has a code. Codes are stable: a code keeps its meaning forever, and programs may rely on it; the text of a message may change.',
    'This file is generated from the catalogue in `packages/errors`.',
  ]
  for (const [prefix, title] of families) {
    const rows = codes
      .filter((code) => code.startsWith(prefix))
      .map((code) => `| \`${code}\` | ${cell(catalogue[code].title)} | ${cell(catalogue[code].remedy)} |`)
    parts.push(
      `## ${title}`,
      ['| code | what is wrong | what to do |', '| --- | --- | --- |', ...rows].join('\n'),
    )
  }
  return `${parts.join('\n\n')}\n`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
