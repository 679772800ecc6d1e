import { addCost, addTokens, noCost, noTokens, type Cost, type Tokens } from '../cost.js'
import { formatCost } from '../format/cost.js'
import { formatAllTokens, formatClasses } from '../format/count.js'
import type { RunReport, StepReport } from '../report.js'
import { groupBy } from '../stats/group-by.js'
import { html, type Html } from './html.js'

const most = 12

/** Cost by step and by agent, and tokens by class. Nothing when no agent ran. */
export function costs(report: RunReport, steps: readonly StepReport[]): Html {
  if (!report.cost.any) return html``
  const launches = steps
    .flatMap((step) => step.attempts)
    .filter((attempt) => !attempt.replayed)
    .flatMap((attempt) => attempt.launches)
  const agents = [...groupBy(launches, (launch) => launch.agent)].map(([name, group]): Entry => ({
    name,
    cost: group.reduce((sum, launch) => addCost(sum, launch.cost), noCost),
    tokens: group.reduce((sum, launch) => addTokens(sum, launch.tokens), noTokens),
  }))
  const byStep = steps
    .filter((step) => step.cost.any)
    .map((step): Entry => ({ name: step.path, cost: step.cost, tokens: step.tokens }))
  return html`<h2 id="cost">Cost and tokens</h2>
    <div class="columns">
      <section class="card panel">
        <h3>By step</h3>
        ${bars(byStep)}
      </section>
      <section class="card panel">
        <h3>By agent</h3>
        ${bars(agents)}
      </section>
      <section class="card panel">
        <h3>By outcome</h3>
        ${bars(
          (
            [
              ['attempts that passed', report.spentOn.passed],
              ['attempts that did not', report.spentOn.failed],
              ['validators', report.spentOn.validators],
            ] as const
          )
            .filter(([, cost]) => cost.any)
            .map(([name, cost]): Entry => ({ name, cost, tokens: noTokens })),
        )}
      </section>
      <section class="card panel full">
        <h3>Tokens</h3>
        ${tokenTable(report, agents)}
      </section>
    </div>
    ${estimated(report)}`
}

interface Entry {
  readonly name: string
  readonly cost: Cost
  readonly tokens: Tokens
}

function bars(entries: readonly Entry[]): Html {
  const sorted = entries.toSorted((a, b) => b.cost.microUsd - a.cost.microUsd)
  const largest = Math.max(1, ...entries.map((entry) => entry.cost.microUsd))
  const rest = sorted.slice(most)
  const sum = rest.reduce((total, entry) => addCost(total, entry.cost), noCost)
  return html`<ul class="bars">
    ${sorted.slice(0, most).map((entry) => bar(entry, largest))}${
      rest.length === 0
        ? null
        : bar({ name: `${rest.length} more`, cost: sum, tokens: noTokens }, Math.max(largest, sum.microUsd))
    }
  </ul>`
}

function bar(entry: Entry, largest: number): Html {
  const width = Math.round((entry.cost.microUsd / largest) * 1000) / 10
  return html`<li>
    <div class="row"><span class="mono">${entry.name}</span><span>${formatCost(entry.cost)}</span></div>
    <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="6" />
      <rect class="fill-info" width="${width}" height="6" />
    </svg>
  </li> `
}

function tokenTable(report: RunReport, agents: readonly Entry[]): Html {
  const rows = agents.length > 1 ? [...agents, { name: 'all', tokens: report.tokens }] : agents
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Tokens by agent">
      <table>
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col" class="num">In</th>
            <th scope="col" class="num">Out</th>
            <th scope="col" class="num">Cache read</th>
            <th scope="col" class="num">Cache write</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, tokens }) =>
              html`<tr>
                <td class="mono">${name}</td>
                <td class="num">${formatClasses(tokens, 'input')}</td>
                <td class="num">${formatClasses(tokens, 'output')}</td>
                <td class="num">${formatClasses(tokens, 'cacheRead')}</td>
                <td class="num">${formatClasses(tokens, 'cacheWrite')}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="note soft">${formatAllTokens(report.tokens)} in all</p>`
}

const NOT_TOLD = 'Some agents were cut off, or left out what their sub-agents used; the true cost is higher.'

function estimated(report: RunReport): Html {
  const { estimatedMicroUsd, microUsd, unpriced, atLeast } = report.cost
  const notes = [
    estimatedMicroUsd === 0
      ? ''
      : estimatedMicroUsd === microUsd
        ? 'Costs are estimated from tokens and list prices.'
        : `${formatCost({ ...noCost, any: true, microUsd: estimatedMicroUsd })} of the cost is estimated from tokens and list prices.`,
    unpriced ? 'A part of the usage has no known price; the true cost is higher.' : '',
    atLeast === true ? NOT_TOLD : '',
  ].filter((note) => note !== '')
  return notes.length === 0 ? html`` : html`<p class="note soft">${notes.join(' ')}</p>`
}
