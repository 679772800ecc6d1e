import { formatDuration, plural } from '@gump/errors'
import { createHash } from 'node:crypto'
import { addCost, noCost } from '../cost.js'
import { formatCost } from '../format/cost.js'
import { formatAllTokens, formatTurns } from '../format/count.js'
import type { AttemptReport, RunReport, StepReport } from '../report.js'
import { statusWord, stepNotes } from '../text/words.js'
import { attemptCard } from './attempt.js'
import { costs } from './costs.js'
import { html, type Content, type Html } from './html.js'
import { nested, type PaidFor, paidFor, validatorsOf } from './nested.js'
import { style } from './style.js'
import type { Texts } from './texts.js'
import { timeline } from './timeline.js'
import { toneOf } from './tone.js'

/**
 * One self-contained page about a run: no scripts, nothing loaded, everything from agents and repositories escaped.
 *
 * Where the report left out turns, it says how many.
 *
 * @param texts - prompts, diffs and logs to show, by their path in the report; what is missing is left out.
 */
export function renderHtml(report: RunReport, texts: Texts = {}): string {
  // The policy allows this very style sheet, to the byte, and nothing else: no script, no request, no form.
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  const steps = nested(report.steps.filter((step) => step.attempts.length > 0))
  const own = steps.filter((step) => !step.replayed)
  const shown: Page = { texts, paidFor: paidFor(steps), placeOf: new Map(steps.map((step, n) => [step, n])) }
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${report.workflow} · ${report.alias}</title>
        ${{ markup: `<style>${style}</style>` }}
      </head>
      <body>
        <a class="skip" href="#steps">Skip to the steps</a>
        <main>
          ${head(report)} ${trouble(report, steps)} ${timeline(report, steps)} ${costs(report, own)}
          <h2 id="steps">Steps</h2>
          ${steps.map((step, index) => stepCard(step, index, shown))} ${warnings(report)} ${footer(report)}
        </main>
      </body>
    </html> `
  return page.markup
}

function head(report: RunReport): Html {
  const started =
    report.startedAt === null
      ? ''
      : ` · ${new Date(report.startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return html`<header>
    <p class="eyebrow mono">${report.alias}${started}</p>
    <div class="title">
      <h1>${report.workflow}</h1>
      <span class="badge ${toneOf(report.status)}">${statusWord(report.status)}</span>
    </div>
    ${report.spec === null ? null : html`<p class="soft">Spec <code>${report.spec}</code></p>`}
    ${report.replayOf === null ? null : html`<p class="soft">Replay of <code>${report.replayOf.alias ?? report.replayOf.run}</code> from <code>${report.replayOf.step}</code></p>`}
    <dl class="tiles">
      ${[
        tile(
          'Duration',
          formatDuration(report.durationMs),
          report.resumes > 0 ? `resumed ${plural(report.resumes, 'time')}` : '',
        ),
        tile('Cost', formatCost(report.cost), budgetNote(report)),
        tile('Tokens', report.cost.any ? formatAllTokens(report.tokens) : '—', ''),
        tile('Turns', report.cost.any ? formatTurns(report.turns) : '—', ''),
        tile(
          'Attempts',
          String(report.attempts),
          report.retries > 0 ? plural(report.retries, 'retry', 'retries') : '',
        ),
        tile(
          'Escalations',
          String(report.escalations),
          report.guardTrips > 0 ? plural(report.guardTrips, 'guard trip') : '',
        ),
      ]}
    </dl>
  </header>`
}

function budgetNote(report: RunReport): string {
  const budget = report.limits.max_budget_usd
  return budget === undefined ? '' : `of $${budget.toFixed(2)}`
}

function tile(name: string, value: string, note: string): Html {
  return html`<div class="card tile">
    <dt>${name}</dt>
    <dd>${value}${note === '' ? null : html`<small>${note}</small>`}</dd>
  </div>`
}

function trouble(report: RunReport, steps: readonly StepReport[]): Html {
  if (report.reason === null && report.failedStep === null) return html``
  const index = steps.findIndex((step) => step.path === report.failedStep)
  const name = html`<code>${report.failedStep ?? ''}</code>`
  const where: Content =
    report.failedStep === null
      ? null
      : html`<p>
          <strong
            >${report.status === 'failed' ? 'Failed' : 'Stopped'} at
            ${index === -1 ? name : html`<a href="#step-${index}">${name}</a>`}</strong
          >
        </p>`
  return html`<div class="card callout${report.status === 'failed' ? '' : ' warn'}">
    ${where}
    <p>${report.reason ?? ''}</p>
  </div>`
}

interface Page {
  readonly texts: Texts
  readonly paidFor: PaidFor
  /** Which step on the page it is. */
  readonly placeOf: ReadonlyMap<StepReport, number>
}

function stepCard(step: StepReport, index: number, page: Page): Html {
  const factsText = [
    step.kind === 'agent' && step.agent !== null ? step.agent : '',
    step.cost.any ? formatCost(step.cost) : '',
    step.replayed ? '' : formatDuration(step.durationMs),
    ...stepNotes(step),
  ].filter((part) => part !== '')
  return html`<details class="card step" id="step-${index}" ${step.status === 'pass' ? null : html` open`}>
    <summary>
      <span class="badge ${toneOf(step.status)}">${step.status}</span
      ><span class="path mono">${step.path}</span><span class="facts">${factsText.join(' · ')}</span>
    </summary>
    <div class="body">
      ${step.attempts.map((attempt) => html`${attemptCard(attempt, page.texts)}${validators(step, attempt, page)}`)}
    </div>
  </details> `
}

/** What judged an attempt, and is paid for by it. */
function validators(step: StepReport, attempt: AttemptReport, page: Page): Html {
  const judges = validatorsOf(step, attempt, page.paidFor)
  if (judges.length === 0) return html``
  return html`<ul class="bars" aria-label="Validators of this attempt">
    ${judges.map(
      ({ step: judge, attempts }) =>
        html`<li>
          <div class="row">
            <a class="mono" href="#step-${page.placeOf.get(judge) ?? 0}"
              >${judge.path.slice(step.path.length + 1)}</a
            ><span
              >${judge.agent ?? ''}
              ${formatCost(attempts.reduce((sum, { cost }) => addCost(sum, cost), noCost))}</span
            >
          </div>
        </li>`,
    )}
  </ul>`
}

function warnings(report: RunReport): Html {
  if (report.warnings.length === 0) return html``
  return html`<h2 id="warnings">Warnings</h2>
    ${report.warnings.map(
      ({ step, code, message }) =>
        html`<div class="card callout warn">
          <p>
            ${step === null ? null : html`<code>${step}</code> `}${message}${code === null ? null : html` <span class="soft">${code}</span>`}
          </p>
        </div>`,
    )}`
}

function footer(report: RunReport): Html {
  const facts = [
    report.id,
    report.branch === null ? '' : `branch ${report.branch}`,
    report.baseCommit === null ? '' : `from ${report.baseCommit.slice(0, 12)}`,
    report.commit === null ? '' : `to ${report.commit.slice(0, 12)}`,
    report.gumpVersion === null ? '' : `Gump ${report.gumpVersion}`,
  ].filter((fact) => fact !== '')
  return html`<footer class="mono">${facts.join(' · ')}</footer>`
}
