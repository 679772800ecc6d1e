import { formatDuration, plural } from '@gump/errors'
import { formatCost } from '../format/cost.js'
import {
  formatAllTokens,
  formatClasses,
  formatLines,
  formatPercent,
  formatTokens,
  formatTurns,
} from '../format/count.js'
import { actionText } from '../live/turn-lines.js'
import type { AttemptReport, GateReport, LaunchReport } from '../report.js'
import { attemptName } from '../text/words.js'
import { html, type Html } from './html.js'
import { diffDisclosure, disclosure, inlineText, type Texts } from './texts.js'
import { toneOf } from './tone.js'
import { leftOutBefore } from './left-out-turns.js'

/** One attempt: what it did, what judged it, and its texts behind disclosures. */
export function attemptCard(attempt: AttemptReport, texts: Texts): Html {
  const name = attemptName(attempt.round, attempt.attempt)
  return html`<section class="attempt">
    <header>
      <h3>${name.charAt(0).toUpperCase() + name.slice(1)}</h3>
      <span class="badge ${toneOf(attempt.status)}">${attempt.status}</span
      >${attempt.agent === null ? null : html`<span class="mono soft">${attempt.agent}</span>`}
    </header>
    ${facts([
      ['From', attempt.replayed ? 'the replayed run' : null],
      ['Time', attempt.replayed ? null : formatDuration(attempt.durationMs)],
      ['Cost', attempt.cost.any ? formatCost(attempt.cost) : null],
      ['Turns', attempt.cost.any ? formatTurns(attempt.turns) : null],
      ['In', attempt.cost.any ? formatClasses(attempt.tokens, 'input') : null],
      ['Out', attempt.cost.any ? formatClasses(attempt.tokens, 'output') : null],
      ['Cache', attempt.cost.any ? formatClasses(attempt.tokens, 'cacheRead', 'cacheWrite') : null],
      ['Verdict', attempt.verdict === null ? null : String(attempt.verdict)],
    ])}
    ${attempt.reason === null ? null : html`<p class="reason">${attempt.reason}</p>`}
    ${attempt.retry === null ? null : html`<p class="note soft">${retryNote(attempt)}</p>`}
    ${attempt.people.map(({ at, decision, note }) => html`<p class="note">A person was asked ${at.replace('_', ' the ')}s: ${decision ?? 'no answer'}${note === null ? null : html` — ${note}`}</p>`)}
    ${attempt.comments === null ? null : inlineText('Comments', attempt.comments)}
    ${attempt.outputError === null ? null : html`<p class="reason">${attempt.outputError}</p>`}
    ${gates(attempt.gates, texts)} ${files(attempt)}
    ${
      attempt.tasks === null
        ? null
        : html`<ol>
            ${attempt.tasks.map((task) => html`<li><strong>${task.name}</strong> ${task.description}</li>`)}
          </ol>`
    }
    ${attempt.launches.map((launch) => launchBlock(launch, attempt.launches.length > 1, texts))}
  </section>`
}

function retryNote({ retry }: AttemptReport): string {
  if (retry === null) return ''
  return [
    retry.nextAttempt === 1 ? 'Done again' : `Retried as attempt ${retry.nextAttempt}`,
    retry.escalated && retry.agent !== null ? `escalated to ${retry.agent}` : '',
    retry.agent === null ? '' : retry.session === 'new' ? 'new session' : 'same session',
    retry.worktree === 'keep' ? '' : `worktree ${retry.worktree}`,
    retry.restartFrom === null ? '' : `restarted from ${retry.restartFrom}`,
    retry.replan === null ? '' : `split again by ${retry.replan}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function facts(entries: readonly (readonly [string, string | null])[]): Html {
  const shown = entries.filter(([, value]) => value !== null && value !== '')
  return html`<dl class="facts-list">
    ${shown.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}

function gates(results: readonly GateReport[], texts: Texts): Html {
  if (results.length === 0) return html``
  return html`<ul class="chips" aria-label="Gates">
      ${results.map(
        (gate) =>
          html`<li>
            <span class="badge ${toneOf(gate.status)}" title="${gate.command ?? gate.gate}"
              >${gate.gate}
              ${marks[gate.status]}${gate.durationMs > 0 ? html` <span class="soft">${formatDuration(gate.durationMs)}</span>` : null}</span
            >
          </li>`,
      )}
    </ul>
    ${results.map((gate) => html`${gate.status === 'skipped' && gate.detail !== null ? html`<p class="note soft">${gate.gate} was skipped: ${gate.detail}</p>` : null}${gate.error === null ? null : inlineText(`Error of ${gate.gate}`, gate.error)}${gate.comments === null ? null : inlineText(`Comments of ${gate.gate}`, gate.comments)}${disclosure(`Log of ${gate.gate}`, gate.log, texts)}`)}`
}

const marks: Readonly<Record<GateReport['status'], string>> = {
  pass: '✓',
  fail: '✗',
  skipped: 'skipped',
  running: '…',
}

function files(attempt: AttemptReport): Html {
  if (attempt.files.length === 0) return html``
  const lines = formatLines(attempt.insertions, attempt.deletions)
  return html`<details class="text">
    <summary>${plural(attempt.files.length, 'file')} changed<span class="soft mono">${lines}</span></summary>
    <div class="inner scroll" tabindex="0">
      <table>
        <tbody>
          ${attempt.files.map(
            (file) =>
              html`<tr>
                <td>${file.status}</td>
                <td class="wide mono">${file.path}</td>
                <td class="num">
                  ${file.insertions === null ? 'binary' : formatLines(file.insertions, file.deletions ?? 0)}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details> `
}

function launchBlock(launch: LaunchReport, several: boolean, texts: Texts): Html {
  const { artifacts } = launch
  return html`${several ? html`<p class="note">Launch ${launch.launch}: ${launch.status}${launch.reason === null ? null : html` — ${launch.reason}`}</p>` : null}
  ${facts([
    ['Model', launch.model],
    ['Time to first edit', launch.ttfdMs === null ? null : formatDuration(launch.ttfdMs)],
    ['Context window', contextText(launch)],
    ['Tool errors', troubleText(launch.toolErrors)],
    ['Correction loops', troubleText(launch.correctionLoops)],
    ['Repeated actions', troubleText(launch.repeatedActions)],
    ['Sandbox', launch.sandbox],
    ['Session', launch.sessionId === null ? null : `${launch.sessionId} (${launch.sessionMode})`],
  ])}
  ${launch.guards.map((guard) => html`<p class="reason">Guard ${guard.guard}: ${guard.reason} (limit ${guard.limit}, observed ${guard.observed})</p>`)}
  ${turns(launch)}
  ${disclosure('Prompt', artifacts.prompt, texts)}${disclosure('Final message', artifacts.finalText, texts)}${disclosure('Output', artifacts.output, texts)}${diffDisclosure('Diff', artifacts.diff, texts)}${disclosure('Stream', artifacts.stream, texts)}${disclosure('Standard error', artifacts.stderr, texts)}`
}

/** Not worth a word where there was none. */
function troubleText(count: number | null): string | null {
  return count === null ? 'unknown' : count > 0 ? String(count) : null
}

function contextText(launch: LaunchReport): string | null {
  if (launch.contextTokens === null) return null
  const used = `${formatTokens(launch.contextTokens)} tokens`
  return launch.contextWindow === null || launch.contextWindow === 0
    ? used
    : `${used} (${formatPercent(launch.contextTokens / launch.contextWindow)})`
}

const shownActions = 10

/** Those that were left out are counted, too. */
function turnsIn({ turns }: LaunchReport): number {
  return turns.length + turns.reduce((sum, turn, at) => sum + leftOutBefore(turn, turns[at - 1]), 0)
}

function leftOut(count: number): Html | null {
  return count === 0
    ? null
    : html`<tr>
        <td class="soft" colspan="6">${plural(count, 'turn')} left out here; gump logs prints them</td>
      </tr>`
}

function turns(launch: LaunchReport): Html {
  if (launch.turns.length === 0) return html``
  return html`<details class="text">
    <summary>${plural(turnsIn(launch), 'turn')}</summary>
    <div class="inner scroll" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Turn</th>
            <th scope="col">Kind</th>
            <th scope="col">Actions</th>
            <th scope="col" class="num">Tokens</th>
            <th scope="col" class="num">Cost</th>
            <th scope="col" class="num">Time</th>
          </tr>
        </thead>
        <tbody>
          ${launch.turns.map(
            (turn, at) =>
              html`${leftOut(leftOutBefore(turn, launch.turns[at - 1]))}
                <tr>
                  <td>${turn.n}</td>
                  <td>${turn.label}</td>
                  <td class="wide mono">
                    ${turn.actions
                      .slice(0, shownActions)
                      .map(
                        (action, index) => html`${index === 0 ? null : html`<br />`}${actionText(action)}`,
                      )}${turn.actions.length > shownActions ? html`<br />+${turn.actions.length - shownActions} more` : null}
                  </td>
                  <td class="num">${turn.tokens.unknown ? '—' : formatAllTokens(turn.tokens)}</td>
                  <td class="num">${formatCost(turn.cost)}</td>
                  <td class="num">${formatDuration(turn.durationMs)}</td>
                </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details> `
}
