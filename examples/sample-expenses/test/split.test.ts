import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitEvenly } from '../src/index.js'

test('an amount is split evenly', () => {
  assert.deepEqual(splitEvenly(900, 3), [300, 300, 300])
})
