import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declares } from '../src/shell/blast-radius.js'

describe('the files that a task declares', () => {
  it.each([
    ['src/a.ts', 'src/a.ts'],
    ['./src/a.ts', 'src/a.ts'],
    ['src/', 'src/deep/a.ts'],
    ['./src/', 'src/a.ts'],
    ['src/**', 'src/deep/.hidden'],
    ['src/*.ts', 'src/a.ts'],
    ['app/[slug]/page.tsx', 'app/[slug]/page.tsx'],
    ['app/[slug]/**', 'app/[slug]/page.tsx'],
    ['app/(auth)/*.tsx', 'app/(auth)/page.tsx'],
    ['{a,b}.txt', 'b.txt'],
    ['ünï cødé/*.txt', 'ünï cødé/☃ man.txt'],
    ['tab\tand\nnewline', 'tab\tand\nnewline'],
    ['back\\slash', 'back\\slash'],
    ['!important', '!important'],
    ['-rf', '-rf'],
    ['**', 'any/thing'],
  ])('%j declares %j', (glob, path) => {
    expect(declares([glob])(path)).toBe(true)
  })

  it.each([
    ['', 'a.ts'],
    ['./', 'a.ts'],
    ['!src/a.ts', 'src/b.ts'],
    ['src/a.ts', 'a.ts'],
    ['a.ts', 'src/a.ts'],
    ['*.ts', 'src/a.ts'],
    ['src/*', 'src/deep/a.ts'],
    ['src', 'src2/a.ts'],
    ['../a.ts', 'a.ts'],
    ['/a.ts', 'a.ts'],
    ['config/prod.yaml', 'other/prod.yaml'],
    [`${'x'.repeat(70_000)}*`, 'a.ts'],
  ])('%j does not declare %j', (glob, path) => {
    expect(declares([glob])(path)).toBe(false)
  })

  it('take any text, and always the very name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.array(fc.string()), (name, more) => {
        const path = name.replace(/^(?:\.\/)+/, '')
        fc.pre(path !== '')
        expect(declares([...more, name])(path)).toBe(true)
      }),
    )
  })

  it('are compared in time that does not explode', () => {
    const glob = `${'+(a|aa)'.repeat(8)}z`
    const before = performance.now()
    expect(declares([glob, `${'*a'.repeat(100)}z`])('a'.repeat(60))).toBe(false)
    expect(performance.now() - before).toBeLessThan(2000)
  })
})
