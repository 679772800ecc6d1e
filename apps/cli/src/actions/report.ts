import { writeFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'

import type { RunReader } from '@gump/engine'
import { whileDoing } from '@gump/errors'
import {
  renderDetailText,
  renderHtml,
  renderJson,
  renderLast,
  renderReportJson,
  renderReportText,
  selectStep,
  summariseParts,
} from '@gump/report'

import { openReader } from '../compose/open-reader.js'
import type { CliContext } from '../context.js'
import { artifactTexts } from '../display/artifact-texts.js'
import { exitCodes } from '../exit-codes.js'
import { pastRuns, tellLeftOut } from '../run/past-runs.js'

/** Rows of turns in a report: with more, a page would be too large for a browser. */
const mostTurns = 10_000

export interface ReportOptions {
  readonly run: string
  readonly detail: string | undefined
  readonly last: number | undefined
  readonly html: string | undefined
  readonly json: boolean
}

export async function report(context: CliContext, options: ReportOptions): Promise<number> {
  const reader = await openReader(context)
  try {
    const text = await compose(context, reader, options)
    if (options.html === undefined) context.stdout.write(text)
    else {
      const path = resolve(context.cwd, options.html)
      await whileDoing({ code: 'GUMP-C008', doing: 'writing the report', path }, () => writeFile(path, text))
      context.stdout.write(`wrote ${options.html}\n`)
    }
    return exitCodes.passed
  } finally {
    await reader.close()
  }
}

async function compose(context: CliContext, reader: RunReader, options: ReportOptions): Promise<string> {
  const text = { color: context.color, ...(context.stdout.isTTY ? { width: context.width } : {}) }
  if (options.last !== undefined) {
    const past = await pastRuns(reader, context.version, {
      limit: options.last,
      leftOut: tellLeftOut(context),
    })
    const reports = past.map(({ report }) => report)
    if (options.json) return renderJson(reports)
    return renderLast(
      reports,
      past.map(({ record }) => record),
      text,
    )
  }
  const { id, dir, status } = await reader.find(options.run)
  if (options.detail !== undefined && !options.json)
    return renderDetailText(await reader.events(id), options.detail, {
      ...text,
      status,
      dir: relative(context.cwd, dir) || '.',
    })
  const summary = await summariseParts(reader.parts(id), { status, mostTurns })
  if (options.html !== undefined) return renderHtml(summary, await artifactTexts(dir, summary))
  if (options.detail === undefined) {
    return options.json ? renderReportJson(summary) : renderReportText(summary, text)
  }
  const path = selectStep(summary, options.detail)
  return renderJson(summary.steps.find((step) => step.path === path))
}
