import { readFile } from 'node:fs/promises'

import type { Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

const tables = /^const (\w+) = (new Intl\.Segmenter\(\)|\/.*\\p\{.*\/[a-z]+);$/gmu

/**
 * string-width makes a segmenter and patterns over all of Unicode when it is imported, which takes a third as long as Node
 * takes to start; most text is ASCII and needs none of them. Here each is made when it is first used.
 */
export const lateCharacterTables: Plugin = {
  name: 'late-character-tables',
  setup(build) {
    build.onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const names = [...text.matchAll(tables)].map(([, name = '']) => name)
      if (names.length === 0) return undefined
      const used = new RegExp(`\\b(${names.join('|')})\\b`, 'gu')
      const late = (_: string, name: string, value: string): string =>
        `let made_${name}\nconst late_${name} = () => (made_${name} ??= ${value})`
      return { contents: text.replaceAll(tables, late).replaceAll(used, 'late_$1()'), loader: 'js' }
    })
  },
}
