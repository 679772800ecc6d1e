import { describe, expect, it } from 'vitest'
import { classifyFailure } from '../../src/failures/classify-failure.js'
import { retryTimeInText } from '../../src/failures/retry-time.js'
import { ABOUT_THE_WORK, MOMENTS, WORDINGS } from './wordings.js'

describe('a wording', () => {
  it.each(WORDINGS)('is about %s: %s', (kind, message) => {
    expect(classifyFailure({ message })).toBe(kind)
  })

  it.each(ABOUT_THE_WORK)('is about the work: %s', (message) => {
    expect(classifyFailure({ message })).toBeNull()
  })

  it.each(MOMENTS)('says when: %s', (text, moment) => {
    expect(retryTimeInText(text)).toEqual(moment)
  })
})
