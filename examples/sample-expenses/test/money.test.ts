import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatCents, parseCents } from '../src/index.js'

test('amounts are read as cents', () => {
  assert.equal(parseCents('12.50'), 1250)
  assert.equal(parseCents('7'), 700)
  assert.equal(parseCents('-0.5'), -50)
})

test('anything else is no amount', () => {
  for (const text of ['', '1,50', '1.505', 'ten']) {
    assert.throws(() => parseCents(text), RangeError)
  }
})

test('cents are written as amounts', () => {
  assert.equal(formatCents(1250), '12.50')
  assert.equal(formatCents(-5), '-0.05')
})
