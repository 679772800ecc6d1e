import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

import { isShared, sharedPackages } from '../../src/plugins/shared-packages.js'

interface Manifest {
  readonly name: string
  readonly private?: boolean
}

const monorepo = fileURLToPath(new URL('../../../../', import.meta.url))
const bundle = fileURLToPath(new URL('../../dist/packages/', import.meta.url))

it('plugins share every published package', () => {
  const folders = [...readdirSync(`${monorepo}packages`).map((name) => `packages/${name}`), 'workflows']
  const published = folders
    .map((folder) => JSON.parse(readFileSync(`${monorepo}${folder}/package.json`, 'utf8')) as Manifest)
    .filter((manifest) => manifest.private !== true)
    .map(({ name }) => name)
  expect(sharedPackages.map((name) => `@gump/${name}`).toSorted()).toEqual(published.toSorted())
  expect(published.every(isShared)).toBe(true)
})

it.each(sharedPackages)('the bundle exports what @gump/%s does', async (name) => {
  const manifest = JSON.parse(readFileSync(`${bundle}${name}/package.json`, 'utf8')) as {
    readonly exports: Readonly<Record<string, string>>
  }
  expect(manifest.exports['.']).toBe('./index.js')
  const bundled = (await import(/* @vite-ignore */ `${bundle}${name}/index.js`)) as object
  const source = (await import(`@gump/${name}`)) as object
  expect(Object.keys(bundled).toSorted()).toEqual(Object.keys(source).toSorted())
})
