// Stands for all names that plugins may import; what it exports is put in here by own-packages.ts while the bundle is made.
export {}
