import type { AgentEvent, AgentOutcome, AgentParser, ProcessExit } from '../contract.js'
import { classifyFailure } from '../failures/classify-failure.js'
import { CAUSE_OF_KIND } from '../failures/failure-kind.js'
import { retryTimeInText } from '../failures/retry-time.js'
import { printedErrors } from '../failures/printed-errors.js'
import { complaints, stderrTail } from '../failures/stderr.js'
import { present } from './json-value.js'
import { missingResult, wasStopped } from './missing-result.js'

const MAX_FINAL_CHARS = 4 * 1024 * 1024

/**
 * Reads the output of a program that speaks no protocol: every line is text, all of it is the final message (its last
 * 4 Mi characters), and the exit code is the verdict. No output is a failure.
 */
export function createTextParser(): AgentParser {
  const parts: string[] = []
  let kept = 0
  let lines = 0

  const keep = (line: string): void => {
    parts.push(line)
    kept += line.length + 1
    while (kept > MAX_FINAL_CHARS && parts.length > 1) kept -= (parts.shift()?.length ?? 0) + 1
  }

  const push = (line: string): readonly AgentEvent[] => {
    if (line.trim() === '') {
      if (parts.length > 0) keep('')
      return []
    }
    const first: readonly AgentEvent[] = lines === 0 ? [{ type: 'turn_started' }] : []
    lines += 1
    keep(line)
    return [...first, { type: 'text', text: line }]
  }

  const end = (exit: ProcessExit): AgentOutcome => {
    const facts = { turns: lines === 0 ? 0 : 1, finalText: parts.join('\n').trim() }
    if (lines === 0 || wasStopped(exit)) return missingResult(exit, lines, lines === 0 ? { turns: 0 } : facts)
    if (exit.code === 0) return { status: 'success', ...facts }
    const tail = stderrTail(exit)
    const complained = complaints(exit)
    // What the agent writes about its work is on stdout, too: there, only lines that look like errors count.
    const said = [complained, printedErrors(parts)].find(
      (text) => classifyFailure({ message: text }) !== null,
    )
    const about = said === undefined ? null : classifyFailure({ message: said })
    const told = [tail, ...(said === undefined || tail.includes(said) ? [] : [said])].filter(
      (text) => text !== '',
    )
    const message = [`exit code ${exit.code ?? exit.signal ?? 'unknown'}`, ...told].join(': ')
    // Whose connection it was nobody knows: any program may talk to anything.
    const kind = about === 'network' ? null : about
    const cause = kind === null ? 'error' : CAUSE_OF_KIND[kind]
    const retryAt = cause === 'quota' && said !== undefined ? retryTimeInText(said) : null
    return {
      status: 'failed',
      cause,
      ...present('kind', kind),
      message,
      ...present('retryAt', retryAt),
      ...facts,
    }
  }

  return { push, end }
}
