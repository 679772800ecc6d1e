import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import type { RunReader } from '@gump/engine'
import { whileDoing } from '@gump/errors'
import {
  renderDetailText,
  renderHtml,
  renderJson,
  renderLast,
  renderReportJson,
  renderReportText,
  type RunReport,
  selectStep,
  summarise,
} from '@gump/report'

import { openReader } from '../compose/open-reader.js'
import type { CliContext } from '../context.js'
import { artifactTexts } from '../display/artifact-texts.js'
import { exitCodes } from '../exit-codes.js'

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
    const reports = await reportsOf(reader, options.last, tellLeftOut(context))
    return options.json ? renderJson(reports) : renderLast(reports, text)
  }
  const { id, dir, status } = await reader.find(options.run)
  const events = await reader.events(id)
  const summary = summarise(events, { status })
  if (options.html !== undefined) return renderHtml(summary, await artifactTexts(dir, summary))
  if (options.detail === undefined) {
    return options.json ? renderReportJson(summary) : renderReportText(summary, text)
  }
  if (!options.json) return renderDetailText(events, options.detail, { ...text, status })
  const path = selectStep(summary, options.detail)
  return renderJson(summary.steps.find((step) => step.path === path))
}

/**
 * The newest runs that can be read, oldest first.
 *
 * @param leftOut - told how many others there are
 */
export async function reportsOf(
  reader: RunReader,
  limit?: number,
  leftOut: (count: number) => void = () => {},
): Promise<readonly RunReport[]> {
  const all = await reader.runs()
  const readable = all.filter(({ status }) => status !== 'unreadable')
  if (readable.length < all.length) leftOut(all.length - readable.length)
  const runs = readable.slice(0, limit).toReversed()
  return await Promise.all(runs.map(async ({ id, status }) => summarise(await reader.events(id), { status })))
}

/** Says on stderr that runs are missing from what is shown. */
export function tellLeftOut(context: CliContext): (count: number) => void {
  return (count) => {
    const runs = count === 1 ? '1 run is' : `${count} runs are`
    context.stderr.write(`${runs} left out, because the ledger cannot be read; gump runs says why.\n`)
  }
}
