import { catalogue, renderErrorReference } from '@gump/errors'
import { expect, test } from 'vitest'

test('names every code exactly once', () => {
  const rows = renderErrorReference().match(/^\| `GUMP-\w+` /gm) ?? []
  expect(rows.map((row) => row.slice(3, -2)).toSorted()).toEqual(Object.keys(catalogue).toSorted())
})

test('docs/errors.md is up to date; vitest -u writes it', async () => {
  await expect(renderErrorReference()).toMatchFileSnapshot('../../../docs/errors.md')
})
