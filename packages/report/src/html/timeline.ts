import { leadsAside } from '@gump/history'
import { formatDuration } from '@gump/errors'
import type { AttemptReport, RunReport, StepReport } from '../report.js'
import { attemptName } from '../text/words.js'
import { html, type Html } from './html.js'
import { toneOf } from './tone.js'

const units = 1000

/** A lane per step with a bar per attempt. Time between two sessions of the run takes no room. */
export function timeline(report: RunReport, steps: readonly StepReport[]): Html {
  const scale = createScale(report)
  if (scale.totalMs === 0 || steps.length === 0) return html``
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  return html`<h2 id="timeline">Timeline</h2>
    <div class="card timeline">
      ${steps.map((step, index) => (step.replayed ? null : lane(step, index, scale)))}
      <div class="lane">
        <span class="axis-gap"></span>
        <div class="axis" aria-hidden="true">
          ${ticks.map((tick) => html`<span>${tick === 0 ? '0' : formatDuration(scale.totalMs * tick)}</span>`)}
        </div>
      </div>
      <ul class="legend">
        ${(
          [
            ['pass', 'passed'],
            ['fail', 'failed'],
            ['warn', 'stopped or waiting'],
            ['gate', 'gates'],
          ] as const
        ).map(
          ([tone, word]) =>
            html`<li>
              <svg viewBox="0 0 10 10" aria-hidden="true">
                <rect class="fill-${tone}" width="10" height="10" rx="3" /></svg
              >${word}
            </li>`,
        )}
      </ul>
    </div>`
}

interface Scale {
  readonly totalMs: number
  /** Position from 0 to 1000. */
  x(epochMs: number): number
}

function createScale({ sessions }: RunReport): Scale {
  const owned = (until: number): number =>
    sessions.reduce(
      (sum, { startedAt, endedAt }) => sum + Math.max(0, Math.min(until, endedAt) - startedAt),
      0,
    )
  const totalMs = owned(Infinity)
  return { totalMs, x: (epochMs) => (totalMs === 0 ? 0 : (owned(epochMs) / totalMs) * units) }
}

function lane(step: StepReport, index: number, scale: Scale): Html {
  const described = step.attempts.map(
    (attempt) => `${attemptName(attempt.round, attempt.attempt)} ${attempt.status}`,
  )
  return html`<div class="lane">
    <a
      class="name mono${leadsAside(step.path.split('/')) ? ' aside' : ''}"
      href="#step-${index}"
      title="${step.path}"
      >${step.path}</a
    >
    <svg
      viewBox="0 0 ${units} 22"
      preserveAspectRatio="none"
      role="img"
      aria-label="${step.path}: ${described.join(', ')}"
    >
      <rect class="track" width="${units}" height="14" y="4" rx="3" />
      ${[0.25, 0.5, 0.75].map((at) => html`<line class="grid" x1="${at * units}" x2="${at * units}" y1="0" y2="22" />`)}
      ${step.attempts.filter((attempt) => !attempt.replayed).map((attempt) => bar(attempt, scale))}
    </svg>
  </div> `
}

function bar(attempt: AttemptReport, scale: Scale): Html {
  const from = scale.x(attempt.startedAt)
  const to = scale.x(attempt.endedAt ?? attempt.startedAt + attempt.durationMs)
  const title = [
    attemptName(attempt.round, attempt.attempt),
    attempt.agent ?? '',
    attempt.status,
    formatDuration(attempt.durationMs),
  ]
  return html`<g
    ><title>${title.filter((part) => part !== '').join(' · ')}</title
    >${rect(from, to, `fill-${toneOf(attempt.status)}`, { y: 4, height: 14 })}${attempt.waits.map((wait) =>
      rect(scale.x(wait.startedAt), wait.endedAt === null ? to : scale.x(wait.endedAt), 'fill-warn', {
        y: 4,
        height: 14,
      }),
    )}${attempt.gates
      .filter((gate) => gate.durationMs > 0)
      .map((gate) =>
        rect(scale.x(gate.startedAt), scale.x(gate.startedAt + gate.durationMs), 'fill-gate', {
          y: 15,
          height: 3,
        }),
      )}</g
  >`
}

function rect(
  from: number,
  to: number,
  name: string,
  { y, height }: { readonly y: number; readonly height: number },
): Html {
  // A bar that is too short to see would look like nothing had happened.
  const width = Math.max(3, to - from)
  const x = Math.min(from, units - width)
  return html`<rect class="${name}" x="${round(x)}" y="${y}" width="${round(width)}" height="${height}" />`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
