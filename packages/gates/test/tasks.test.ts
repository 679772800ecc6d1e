import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTasks, MAX_SLUG_LENGTH, slugify, uniqueSlugs } from '../src/index.js'

describe('slugify', () => {
  it.each([
    ['Add auth!', 'add-auth'],
    ['  --Fix: the   bug-- ', 'fix-the-bug'],
    ['Überprüfe die Größe', 'uberprufe-die-grosse'],
    ['Crème brûlée', 'creme-brulee'],
    ["Don't panic", 'dont-panic'],
    ['Łódź Øre Æon', 'lodz-ore-aeon'],
    ['ﬁle №5', 'file-no5'],
    ['../../etc/passwd', 'etc-passwd'],
    ['-rf', 'rf'],
    ['İstanbul', 'istanbul'],
    ['a.lock', 'a-lock'],
    ['修复', 'task-4'],
    ['', 'task-4'],
    ['🎉', 'task-4'],
    ['CON', 'con'],
  ])('%j becomes %j', (name, slug) => {
    expect(slugify(name, 4)).toBe(slug)
  })

  it('is always a safe segment', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.integer({ min: 1, max: 100_000 }),
        (name, position) => {
          const slug = slugify(name, position)
          expect(slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
          expect(slug.length).toBeLessThanOrEqual(MAX_SLUG_LENGTH)
          expect(slugify(slug, position)).toBe(slug)
        },
      ),
    )
  })

  it('takes no time for a huge name', () => {
    const started = performance.now()
    expect(slugify('é-'.repeat(2_000_000), 1).length).toBeLessThanOrEqual(MAX_SLUG_LENGTH)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('uniqueSlugs', () => {
  it('numbers what is the same', () => {
    const tasks = ['Fix it', 'fix-it', 'Fix it!', 'fix-it-2', ''].map((name) => ({ name }))
    expect(uniqueSlugs(tasks)).toEqual(['fix-it', 'fix-it-3', 'fix-it-4', 'fix-it-2', 'task-5'])
  })

  it('is unique, safe, and keeps slugs that are unique already', () => {
    const name = fc.oneof(
      fc.constantFrom('a', 'A', 'a-2', 'task-1', '', 'x'.repeat(70)),
      fc.string({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(name, { maxLength: 20 }), (names) => {
        const slugs = uniqueSlugs(names.map((task) => ({ name: task })))
        expect(new Set(slugs).size).toBe(names.length)
        for (const slug of slugs) {
          expect(slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
          expect(slug.length).toBeLessThanOrEqual(MAX_SLUG_LENGTH)
        }
        names.forEach((task, index) => {
          const own = slugify(task, index + 1)
          const first = names.findIndex((other, at) => slugify(other, at + 1) === own)
          if (first === index) expect(slugs[index]).toBe(own)
        })
      }),
    )
  })
})

describe('checkTasks', () => {
  it('accepts tasks with fields of their own, and an empty list', async () => {
    const tasks = [
      { name: 'a', description: 'b', files: ['src/**'], priority: 3 },
      { name: 'c', description: 'd' },
    ]
    expect(await checkTasks(JSON.stringify(tasks))).toEqual({ valid: true, tasks })
    expect(await checkTasks('[]')).toEqual({ valid: true, tasks: [] })
  })

  it.each([
    ['[{"name": "Add auth"}]', ['task 1 ("Add auth") has no description']],
    ['[{"name": "a", "description": "b"}, {"description": "x"}]', ['task 2 has no name']],
    [
      '[{"name": " ", "description": ""}]',
      ['the name of task 1 is empty', 'the description of task 1 is empty'],
    ],
    [
      '[{"name": 1, "description": ["x"]}]',
      ['the name of task 1 must be a string', 'the description of task 1 must be a string'],
    ],
    [
      '[{"name": "a", "description": "b", "files": "src"}]',
      ['"files" of task 1 ("a") must be an array of strings'],
    ],
    [
      '[{"name": "a", "description": "b", "files": ["x", "", 3]}]',
      [
        'entry 2 of "files" of task 1 ("a") must be a non-empty string',
        'entry 3 of "files" of task 1 ("a") must be a non-empty string',
      ],
    ],
    ['["do it"]', ['task 1 must be an object with name and description']],
    ['{"tasks": []}', ['the tasks must be a JSON array, not an object']],
    ['null', ['the tasks must be a JSON array, not null']],
    [
      '[{"name": "Add auth", "description": "b"}, {"name": "c", "description": "d"}, {"name": "add auth!", "description": "e"}]',
      ['tasks 1 and 3 have the same name once it is a path ("add-auth"); rename all but one'],
    ],
  ])('says what is wrong with %s', async (json, problems) => {
    const check = await checkTasks(json)
    expect(check.valid).toBe(false)
    expect('problems' in check && check.problems.toSorted()).toEqual(problems.toSorted())
  })

  it('says where JSON ends', async () => {
    const check = await checkTasks('[{"name": \u001b')
    expect('problems' in check && check.problems[0]).toMatch(/^the tasks are not valid JSON: /)
    expect('problems' in check && check.problems[0]).not.toContain('\u001b')
  })

  it('never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        const check = await checkTasks(json)
        expect(typeof check.valid).toBe('boolean')
      }),
    )
  })
})
