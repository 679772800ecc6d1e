/** Makes a small project in a temporary folder and returns its path. */
export function createSampleRepository(): string
