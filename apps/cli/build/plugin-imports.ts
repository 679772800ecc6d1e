// Stands for all names that plugins may import: own-packages.ts puts them here while the bundle is made.
export const pluginImports = null
