import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statusInText } from '../../src/failures/kind-of-status.js'
import { providerFailure } from '../../src/failures/provider-failure.js'
import { retryAfterHeader, retryTimeInHeaders, retryTimeInText } from '../../src/failures/retry-time.js'

describe('statusInText', () => {
  it.each([
    ['unexpected status 401 Unauthorized: no', 401],
    ['exceeded retry limit, last status: 429 Too Many Requests', 429],
    ['[API Error: 404 no such model]', 404],
    ['[API Error: {"error":{"code":401,"message":"no"}}]', 401],
    ['429 slow down', 429],
    ["Model 'x' not found on provider (HTTP 404).", 404],
    ['a file of 404 lines', null],
    ['', null],
  ])('%s', (text, status) => {
    expect(statusInText(text)).toBe(status)
  })
})

describe('providerFailure', () => {
  it.each([
    ["You've hit your usage limit. Upgrade, or try again in 3 days 2 hours.", 'quota', 266_400_000],
    ['Error: 429 Please retry in 22.5s', 'quota', 22_500],
    ['Your quota will reset after 3h22m10s. Quota exceeded', 'quota', 12_130_000],
    ['stream disconnected before completion', 'error', null],
    ['unexpected status 401: try again in 3 days', 'auth', null],
  ])('%s', (message, cause, afterMs) => {
    const outcome = providerFailure({ message }, {})
    expect(outcome).toMatchObject({ status: 'failed', cause, message })
    expect(outcome.status === 'failed' ? outcome.retryAt : null).toEqual(
      afterMs === null ? undefined : { afterMs },
    )
  })

  it.each([
    'The model `gpt-9` does not exist or you do not have access to it.',
    "The 'gpt-9' model is not supported when using Codex with a ChatGPT account.",
    'models/gemini-9 is not found for API version v1beta, or is not supported for generateContent.',
    'Model not found: acme/nothing',
  ])('%s: no retry helps', (message) => {
    expect(providerFailure({ message }, {})).toMatchObject({ status: 'failed', cause: 'configuration' })
  })

  it.each([
    'You are being rate limited.',
    '[429 Too Many Requests] Please slow down',
    'rate_limit_exceeded',
    'RESOURCE_EXHAUSTED: try another model',
  ])('%s: waiting helps', (message) => {
    expect(providerFailure({ message }, {})).toMatchObject({ status: 'failed', cause: 'quota' })
  })

  it('reads and tells messages without the colours of a terminal', () => {
    expect(providerFailure({ message: '\u001B[31m401\u001B[39m no' }, {})).toMatchObject({
      cause: 'auth',
      message: '401 no',
    })
  })

  it.each(['the model was cut off', 'a model of a file that was not found\nmodel', 'the model stopped'])(
    '%s: it may go better next time',
    (message) => {
      expect(providerFailure({ message }, {})).toMatchObject({ status: 'failed', cause: 'error' })
    },
  )

  it.each([
    ['You’ve hit your usage limit. Upgrade or try again at 11:02 AM.', '11:02'],
    ['You’ve hit your usage limit. Try again at 12:00 AM.', '00:00'],
    ['usage limit: try again at 12:30 PM', '12:30'],
    ['You’ve hit your usage limit. Try again at Nov 24th, 2026 3:05 PM.', '2026-11-24T15:05'],
    ['You’ve hit your usage limit. Try again at Dec 1st, 2026 9:00 AM.', '2026-12-01T09:00'],
    ['You’ve hit your usage limit. Try again at 13:75 AM.', null],
    ['You’ve hit your usage limit. Try again at Foo 99th, 2026 3:05 PM.', null],
  ])('%s: a time of this machine', (message, localTime) => {
    const outcome = providerFailure({ message }, {})
    expect(outcome.status === 'failed' ? outcome.retryAt : null).toEqual(
      localTime === null ? undefined : { localTime },
    )
  })

  it('believes what the CLI tells over what the message mentions', () => {
    expect(
      providerFailure({ message: 'Error: 401', status: 429, retryAt: { afterMs: 5 } }, {}),
    ).toMatchObject({
      cause: 'quota',
      retryAt: { afterMs: 5 },
    })
  })
})

describe('retryAfterHeader', () => {
  it.each([
    ['30', { afterMs: 30_000 }],
    [['30'], { afterMs: 30_000 }],
    ['Sat, 21 Nov 2026 01:14:30 GMT', { epochMs: Date.UTC(2026, 10, 21, 1, 14, 30) }],
    ['soon', null],
    ['', null],
    [null, null],
    ['-5', null],
  ])('%j', (header, expected) => {
    expect(retryAfterHeader(header)).toEqual(expected)
  })
})

describe('retryTimeInHeaders', () => {
  it.each([
    [null, null],
    [{}, null],
    [{ 'retry-after': 'soon', 'x-ratelimit-reset': '' }, null],
    [{ 'retry-after': '30', 'anthropic-ratelimit-unified-reset': '1795936568' }, { afterMs: 30_000 }],
    [{ 'retry-after': '1', 'retry-after-ms': '250' }, { afterMs: 250 }],
    [{ 'anthropic-ratelimit-unified-reset': '1795936568' }, { epochMs: 1_795_936_568_000 }],
    [{ 'x-ratelimit-reset': '1795936568000' }, { epochMs: 1_795_936_568_000 }],
    [{ 'x-ratelimit-reset-after': '12.5' }, { afterMs: 12_500 }],
  ])('%j', (headers, moment) => {
    expect(retryTimeInHeaders(headers)).toEqual(moment)
  })
})

describe('retryTimeInText', () => {
  it('is null or positive, and never slow, whatever the text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({
        unit: fc.constantFrom(
          'try again in ',
          'try again at ',
          'Nov ',
          '1',
          '2026',
          '.',
          ':',
          'h',
          'm',
          ' ',
          ',',
          'and',
          'PM',
        ),
      }),
    )
    fc.assert(
      fc.property(text, (text) => {
        const wait = retryTimeInText(text)
        expect(wait === null || !('afterMs' in wait) || wait.afterMs > 0).toBe(true)
      }),
    )
  })
})
