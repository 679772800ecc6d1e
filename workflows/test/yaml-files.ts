import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

/** A workflow file of this package. */
export interface YamlFile {
  /** Relative to the package: `validators/arch-review.yaml`. */
  readonly file: string
  readonly ref: string
  readonly text: string
}

/** All workflow files, sorted. */
export function yamlFiles(): readonly YamlFile[] {
  const inside = (folder: string): readonly string[] =>
    readdirSync(root + folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => folder + name)
  return [...inside(''), ...inside('validators/')].toSorted().map((file) => ({
    file,
    ref: file.replace(/\.yaml$/, ''),
    text: readFileSync(root + file, 'utf8'),
  }))
}

/** The module that carries a workflow file into bundles. */
export function moduleOf({ file, text }: YamlFile): string {
  const name = baseName(file).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const literal = text.replaceAll(/[\\`]|\$\{/g, (found) => `\\${found}`)
  return `// Written from ${file} by \`vitest run workflows -u\`; do not edit.\nexport const ${name}: string = \`${literal}\`\n`
}

export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.yaml$/, '')
}
