import { expect, it } from 'vitest'
import { matchGateName, validatorGateName } from '@gump/state'

it('names a validator gate by the last segment of its path', () => {
  expect(validatorGateName('validators/arch-review')).toBe('arch-review')
  expect(validatorGateName('./checks/style.yml')).toBe('style')
})

it('finds a gate by its name, or by its last word when only one gate ends with it', () => {
  expect(matchGateName('arch-review', ['compile', 'arch-review'])).toEqual({
    status: 'found',
    gate: 'arch-review',
  })
  expect(matchGateName('review', ['compile', 'arch-review'])).toEqual({
    status: 'found',
    gate: 'arch-review',
  })
  expect(matchGateName('review', ['review', 'arch-review'])).toEqual({ status: 'found', gate: 'review' })
  expect(matchGateName('review', ['security-review', 'arch-review'])).toEqual({
    status: 'ambiguous',
    candidates: ['security-review', 'arch-review'],
  })
  expect(matchGateName('arch', ['arch-review'])).toEqual({ status: 'unknown' })
})
