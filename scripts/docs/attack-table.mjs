import { kinds, modes, mustOf } from '../../test/attack/attack.mjs'

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const shown = { held: 'held', noticed: 'noticed', limit: '**limit**' }

function row(attack) {
  const places = modes.map((mode) => {
    const must = mustOf(attack, mode)
    if (must === undefined) return ''
    return attack.open === undefined || must === 'limit' ? shown[must] : 'open'
  })
  const link = `[${attack.name}](../test/attack/attacks/${attack.file})`
  return `| ${link} | ${cell(attack.tries)} | ${places.join(' | ')} |`
}

/** One table for each kind, and what the limits are. */
export function attackTables(attacks) {
  const tables = Object.entries(kinds).map(([kind, title]) => {
    const rows = attacks.filter((attack) => attack.kind === kind).map(row)
    return [
      `### ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
      '',
      `| | tries | ${modes.join(' | ')} |`,
      `| --- | --- |${' --- |'.repeat(modes.length)}`,
      ...rows,
    ].join('\n')
  })
  const limits = [...new Set(attacks.flatMap(({ limit }) => limit ?? []))].toSorted()
  const open = attacks.filter(({ open: why }) => why !== undefined)
  const known = open.map(({ name, open: why }) => `- ${name}: ${why}.`)
  return [
    ...tables,
    ['### Limits', '', ...limits.map((limit) => `- ${limit}`)].join('\n'),
    ...(known.length === 0 ? [] : [['### Open', '', ...known].join('\n')]),
  ].join('\n\n')
}
