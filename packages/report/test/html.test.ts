import { createHash } from 'node:crypto'
import { renderHtml, summarise } from '@gump/report'
import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recorded, recordedLedger } from './support/ledgers.js'
import {
  completed,
  done,
  ended,
  failedGate,
  launching,
  record,
  started,
  step,
  usage,
} from './support/record.js'
import { cheapRun } from './support/sample-runs.js'

describe('the page', () => {
  test('loads nothing, runs nothing, and its policy allows only its own style sheet', () => {
    const page = renderHtml(summarise(cheapRun()), { 'artifacts/decompose/1/prompt.txt': '# Hello' })
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(`default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`)
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<form|\son[a-z]+=|\sstyle=|url\(|@import|https?:/)
    expect([...page.matchAll(/href="([^"]*)"/g)].every(([, href]) => href?.startsWith('#'))).toBe(true)
    expect(page.match(/<style>/g)).toHaveLength(1)
    expect(style).toContain('prefers-color-scheme: dark')
    expect(page).toContain('# Hello')
  })

  test('its elements are closed and its ids are unique and found', () => {
    const page = renderHtml(summarise(cheapRun()))
    const open: string[] = []
    const body = page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/^<!doctype html>/, '')
    for (const [, end, name, , selfClosed] of body.matchAll(
      /<(\/?)([a-z0-9]+)((?:"[^"]*"|[^">])*?)(\/?)>/g,
    )) {
      if (['meta', 'br'].includes(name!) || selfClosed === '/') continue
      if (end === '/') expect(open.pop()).toBe(name)
      else open.push(name!)
    }
    expect(open).toEqual([])
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target)
  })

  test('everything from outside is escaped, wherever it stands', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u001b[31m&amp;'
    const path = `x/${evil}`
    const events = record().put(
      started(evil, { alias: evil, spec: { path: evil, sha256: 'a'.repeat(64) }, branch: evil }),
      step({ step: path, agent: evil, task: evil, type: 'split' }),
      { ...launching({ step: path, agent: evil }), model: evil } as never,
      {
        type: 'turn_completed',
        step: path,
        round: 1,
        attempt: 1,
        launch: 1,
        n: 1,
        label: 'coding',
        actions: [{ kind: 'other', tool: evil, target: evil, ok: false }],
        usage: usage(1),
        duration_ms: 1,
      },
      {
        type: 'guard_triggered',
        step: path,
        round: 1,
        attempt: 1,
        launch: 1,
        guard: evil,
        reason: evil,
        limit: evil,
        observed: evil,
      },
      { ...completed({ step: path, usage: usage(1) }), session_id: evil } as never,
      {
        type: 'output_collected',
        step: path,
        round: 1,
        attempt: 1,
        launch: 1,
        from: 'file',
        comments: evil,
        error: evil,
        tasks: [{ slug: 'a', name: evil, description: evil }],
      },
      {
        type: 'snapshot_created',
        step: path,
        round: 1,
        attempt: 1,
        launch: 1,
        commit: evil,
        tree: 't',
        ref: 'r',
        files: [{ path: evil, status: 'added', insertions: 1, deletions: 0 }],
        insertions: 1,
        deletions: 0,
        diff: { path: evil, sha256: 'a'.repeat(64), bytes: 1 },
      },
      {
        ...failedGate({ step: path, gate: evil, error: evil }),
        comments: evil,
        log: { path: 'log', sha256: 'a'.repeat(64), bytes: 1 },
      } as never,
      { type: 'gate_skipped', step: path, round: 1, attempt: 1, gate: `${evil}2`, reason: evil },
      { type: 'hitl_paused', step: path, round: 1, attempt: 1, at: 'before_gate' },
      {
        type: 'hitl_resumed',
        step: path,
        round: 1,
        attempt: 1,
        at: 'before_gate',
        decision: 'retry',
        note: evil,
      },
      { type: 'warning', code: evil, step: evil, message: evil },
      done({ step: path, status: 'fatal', reason: evil, ms: 1 }),
      ended('failed', usage(1), 1000, { step: path, reason: evil }),
    ).events
    const page = renderHtml(summarise(events), { [evil]: `+${evil}\n-${evil}\n@@ ${evil}`, log: evil })
    expect(page).not.toMatch(/<script|<img|[\u202e\u001b]/)
    expect(page.split('&lt;script&gt;').length).toBeGreaterThan(30)
    expect(page).toContain('&amp;amp;')
  })

  test('any text inside a text stays that text', () => {
    const render = (text: string) =>
      /<pre[^>]*>([\s\S]*?)<\/pre>/.exec(
        renderHtml(
          summarise(
            record().put(step({ step: 'impl', agent: 'x' }), launching({ step: 'impl', agent: 'x' })).events,
          ),
          { 'artifacts/impl/1/prompt.txt': text },
        ),
      )?.[1]
    assert(
      property(string({ minLength: 1 }), (text) => {
        const shown = render(text)
        expect(
          shown
            ?.replace(/^\n/, '')
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&#39;', "'")
            .replaceAll('&amp;', '&'),
        ).toBe(text)
      }),
    )
  })

  test('a text that is too long is cut, and says so', () => {
    const page = renderHtml(
      summarise(
        record().put(step({ step: 'impl', agent: 'x' }), launching({ step: 'impl', agent: 'x' })).events,
      ),
      { 'artifacts/impl/1/prompt.txt': 'x'.repeat(5_000_000) },
    )
    expect(page.length).toBeLessThan(300_000)
    expect(page).toContain('of 5000000 characters')
  })

  test('names of built-in object members are no texts', () => {
    const events = record().put(step({ step: 'impl', agent: 'x' }), {
      ...launching({ step: 'impl', agent: 'x' }),
      prompt: { path: 'constructor', sha256: 'a'.repeat(64), bytes: 1 },
    } as never).events
    expect(renderHtml(summarise(events))).not.toContain('native code')
  })

  test.each(recorded)('%s', async (name) => {
    const page = renderHtml(summarise(await recordedLedger(name)))
    await expect(
      page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/sha256-[^;]*/, ''),
    ).toMatchFileSnapshot(`fixtures/golden/${name.replace('/', '-')}.html`)
  })
})
