import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const sections = ['Context', 'Decision', 'Consequences']

export const decisions = {
  name: 'decisions',
  why: 'A decision is found by its number and says what it was about, what was decided, and what follows.',
  check: (root) => {
    const dir = join(root, 'docs/adr')
    if (!existsSync(dir)) return ['docs/adr is missing']
    return readdirSync(dir)
      .filter((file) => file.endsWith('.md'))
      .toSorted()
      .flatMap((file, index) => {
        const number = String(index + 1).padStart(4, '0')
        const text = readFileSync(join(dir, file), 'utf8')
        return [
          ...(file.startsWith(`${number}-`) ? [] : [`docs/adr/${file}: the next number is ${number}`]),
          ...sections
            .filter((section) => !text.includes(`## ${section}\n`))
            .map((section) => `docs/adr/${file}: no section "${section}"`),
        ]
      })
  },
}
