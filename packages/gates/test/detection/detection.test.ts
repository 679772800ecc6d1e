import { describe, expect, it } from 'vitest'
import { createCommandResolver, type CommandResolver } from '../../src/index.js'
import { project } from '../project.js'
import { allShapes, filesOf } from './shapes.js'

const shapes = allShapes()

async function shown(resolver: CommandResolver, alias: string): Promise<string | null> {
  const answer = await resolver.resolve(alias)
  if (answer.status === 'unresolved') return null
  return (answer.label ?? answer.command).replace('export PATH="$PWD/node_modules/.bin:$PATH"; ', '')
}

describe('detection', () => {
  it('knows enough kinds of repositories, each once', () => {
    expect(shapes.length).toBeGreaterThanOrEqual(60)
    expect(new Set(shapes.map(({ like }) => like)).size).toBe(shapes.length)
  })

  it.each(shapes)('finds what $like is checked with', async (shape) => {
    const resolver = createCommandResolver({ files: project(filesOf(shape)) })
    const { unchecked = [], why_no_test: whyNot, ...expected } = shape.expect
    const [listing, test, compile] = await Promise.all(
      ['tests_found', 'test', 'compile'].map(async (alias) => resolver.resolve(alias)),
    )
    expect({
      compile: await shown(resolver, 'compile'),
      test: await shown(resolver, 'test'),
      lint: await shown(resolver, 'lint'),
      coverage: await shown(resolver, 'coverage'),
      tests_found: listing!.status === 'resolved' ? (listing!.runners ?? []) : null,
    }).toEqual(expected)
    const said = [test!, compile!].flatMap((answer) =>
      answer.status === 'resolved' ? (answer.unchecked ?? []) : [],
    )
    expect([...new Set(said)]).toEqual(unchecked)
    if (whyNot !== undefined) expect(test).toMatchObject({ status: 'unresolved', because: whyNot })
  })
})
