/** Where generated tests start: fixed, so that a run of the tests can be repeated; FUZZ_SEED=N explores elsewhere. */
export const seed: number = Number(process.env['FUZZ_SEED'] ?? 20_261_121)
