import {
  type Advice,
  type CellFigures,
  enoughTries,
  type Estimate,
  type LadderFigures,
  publicSource,
} from '@gump/advice'
import { formatDuration, type Paint, plural } from '@gump/errors'
import { formatMicroUsd } from '../format/cost.js'
import { formatPercent } from '../format/count.js'
import { oneLine } from '../format/escape.js'
import { renderTable } from '../format/table.js'
import type { RunStats } from '../stats/stats.js'

/** Most rows of agents for a step; the others are in the JSON. */
const mostRows = 6

/** One block for each step: its ladders, what to do, and the agents behind it. */
export function adviceLines(
  { advice, worth }: RunStats,
  paint: Paint,
  runName?: (id: string) => string,
): string[] {
  if (advice.length === 0) return []
  const several = new Set(advice.map(({ workflow }) => workflow)).size > 1
  const shown = advice.filter((one) => one.kind === null || isOfItsOwn(one, advice))
  return [
    ...shown.flatMap((one) => [
      '',
      ...block(one, { paint, several, ...(runName === undefined ? {} : { runName }) }),
    ]),
    '',
    ...footer(shown, worth !== null),
  ]
}

/** A kind of task is worth a block when the advice for it is another one than for its step. */
function isOfItsOwn(one: Advice, all: readonly Advice[]): boolean {
  const whole = all.find(
    ({ workflow, step, kind }) => kind === null && workflow === one.workflow && step === one.step,
  )
  const ladder = (advice: Advice | undefined): string => JSON.stringify(advice?.recommended?.ladder ?? null)
  return whole?.verdict !== one.verdict || ladder(whole) !== ladder(one)
}

interface Look {
  readonly paint: Paint
  readonly several: boolean
  readonly runName?: (id: string) => string
}

function block(advice: Advice, { paint, several, runName }: Look): string[] {
  const { workflow, step, kind } = advice
  const name = `${several ? `${workflow}: ` : ''}${step}${kind === null ? '' : ` (${kind})`}`
  const tries = advice.cells.reduce((sum, { seen }) => sum + seen, 0)
  const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)
  return [
    paint(
      'bold',
      `${oneLine(name)} · ${plural(tries, 'try', 'tries')} in ${plural(advice.runs.length, 'run')}`,
    ),
    ...indented([
      ...verdictLines(advice),
      ...ladderTable(advice, paint),
      ...trialLines(advice),
      ...changeLines(advice),
      ...cellTable(advice, paint, runName),
    ]),
  ]
}

function verdictLines({ verdict, missing, recommended, inUse, difference, frontier }: Advice): string[] {
  switch (verdict) {
    case 'not_enough_data': {
      const parts = [
        ...(missing.tasks > 0 ? [`${plural(missing.tasks, 'more task')} with the first agent`] : []),
        ...(missing.runs > 0 ? [plural(missing.runs, 'more finished run')] : []),
      ]
      return [`Not enough data to judge the ladder: ${parts.join(' and ')} needed.`]
    }
    case 'change': {
      const net = difference?.netUsd ?? null
      const gain = net === null ? '' : `, ${signed(net, usdOf)} for each task`
      return [`Use ${ladderText(recommended)} instead of ${ladderText(inUse)}${gain}.`]
    }
    case 'values_missing':
      return ['Which ladder is best depends on what a passed task is worth to you:']
    case 'keep':
      return [
        frontier.length > 1
          ? 'Keep the ladder: no other that was tried often enough is clearly better.'
          : 'Keep the ladder: no other was tried often enough to compare.',
      ]
  }
}

function ladderTable({ verdict, inUse, recommended, difference, frontier }: Advice, paint: Paint): string[] {
  if (verdict === 'not_enough_data' || inUse === null) return []
  const same = (one: LadderFigures): boolean => ladderText(one) === ladderText(inUse)
  const rows = [
    ['in use', ...ladderRow(inUse)],
    ...(recommended === null ? [] : [['recommended', ...ladderRow(recommended)]]),
    ...(difference === null
      ? []
      : [
          [
            'difference',
            difference.better === null ? '' : `better in ${formatPercent(difference.better)} of cases`,
            signed(difference.passes, pointsOf),
            difference.microUsd === null ? 'unpriced' : signed(difference.microUsd, microUsdOf),
            signed(difference.durationMs, formatDuration),
          ],
        ]),
    ...(verdict === 'values_missing'
      ? frontier.filter((one) => !same(one)).map((one) => ['or', ...ladderRow(one)])
      : []),
  ]
  return renderTable(['', 'Ladder', 'Passes', 'Cost of a task', 'Time of a task'], rows, paint)
}

function ladderRow({ ladder, passes, microUsd, durationMs }: LadderFigures): string[] {
  return [
    ladder.map(oneLine).join(' → '),
    ranged(passes, formatPercent),
    microUsd === null ? 'unpriced' : ranged(microUsd, microUsdOf),
    ranged(durationMs, formatDuration),
  ]
}

function trialLines({ trial }: Advice): string[] {
  if (trial === null) return []
  const { ladder, agent, seen, tasks, gainUsd } = trial
  const tried = seen === 0 ? 'was never tried' : `was tried ${seen === 1 ? 'once' : `${seen} times`}`
  const gain = gainUsd === null ? '' : ` Knowing is worth about ${usdOf(gainUsd)} for each task.`
  return [
    `To find out: start about ${plural(tasks, 'task')} with ${ladder.map(oneLine).join(' → ')}. ${oneLine(agent)} ${tried} in that place, ${enoughTries} are needed.${gain}`,
  ]
}

function changeLines({ changing, otherModel }: Advice): string[] {
  return [
    ...changing.map(
      ({ agent, halfLifeRuns }) =>
        `${oneLine(agent)} changes over time: what it did ${halfLifeRuns} runs ago counts for half.`,
    ),
    ...(otherModel === 0
      ? []
      : [`${plural(otherModel, 'try', 'tries')} with an earlier model of an agent left out.`]),
  ]
}

function cellTable({ cells }: Advice, paint: Paint, runName?: (id: string) => string): string[] {
  const byUse = cells.toSorted((a, b) => a.failed.length - b.failed.length || b.seen - a.seen)
  const shown = runName === undefined ? byUse.slice(0, mostRows) : byUse
  const rows = shown.map((cell) => [
    oneLine(cell.agent),
    cell.failed.length === 0 ? 'first' : `after ${cell.failed.map(oneLine).join(', ')}`,
    `${cell.passed} of ${cell.seen}`,
    ...chances(cell),
    ...(runName === undefined ? [] : [cell.runs.map((run) => oneLine(runName(run))).join(' ')]),
  ])
  const more = byUse.length - shown.length
  return [
    ...renderTable(
      [
        'Agent',
        'Tries',
        'Passed',
        'Chance',
        'Cost of a try',
        'Time of a try',
        ...(runName === undefined ? [] : ['Runs']),
      ],
      rows,
      paint,
    ),
    ...(more === 0 ? [] : [`and ${more} more, see --json`]),
  ]
}

/** What was hardly seen has figures that are mostly borrowed: they are not shown. */
function chances({ seen, rate, microUsd, durationMs, publicData }: CellFigures): string[] {
  if (seen < enoughTries) {
    const elsewhere = publicData === null ? '' : `; ${formatPercent(publicData.rate)} of public tasks *`
    return [`${enoughTries - seen} more needed${elsewhere}`, '—', '—']
  }
  return [
    ranged(rate, formatPercent),
    microUsd === null ? 'unpriced' : ranged(microUsd, microUsdOf),
    durationMs === null ? '—' : ranged(durationMs, formatDuration),
  ]
}

function footer(advice: readonly Advice[], hasWorth: boolean): string[] {
  return [
    'In brackets: where the true figure lies with a probability of 90 %.',
    ...(advice.some(({ cells }) =>
      cells.some(({ seen, publicData }) => seen < enoughTries && publicData !== null),
    )
      ? [
          `* public data about the model, ${publicSource.tasks} tasks of SWE-bench Lite: your own tries soon outweigh it`,
        ]
      : []),
    ...(hasWorth ? [] : ['What is a passed task worth to you? gump config set --user advice.value_usd 5']),
  ]
}

function ladderText(figures: LadderFigures | null): string {
  return figures === null ? '—' : figures.ladder.map(oneLine).join(' → ')
}

function ranged({ mean, low, high }: Estimate, format: (value: number) => string): string {
  return `${format(mean)} (${format(low)}–${format(high)})`
}

function signed({ mean, low, high }: Estimate, format: (value: number) => string): string {
  const sign = (value: number): string => `${value < 0 ? '−' : '+'}${format(Math.abs(value))}`
  return `${sign(mean)} (${sign(low)} to ${sign(high)})`
}

function microUsdOf(microUsd: number): string {
  return formatMicroUsd(Math.round(microUsd))
}

function usdOf(usd: number): string {
  return formatMicroUsd(Math.round(usd * 1e6))
}

function pointsOf(share: number): string {
  return formatPercent(share)
}
