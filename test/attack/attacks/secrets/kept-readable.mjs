/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'secret',
  tries:
    'words that are not secrets in variables with secret-sounding names (`DB_PASSWORD=postgres`); they must stay readable',
  must: 'held',
  modes: ['auto'],
  async run(w) {
    w.agent('echo "connecting to postgres as root, test true"; echo "postgres root" > notes.txt')
    await w.run([], {
      env: {
        DB_PASSWORD: 'postgres',
        APP_SECRET: 'test',
        MY_TOKEN: 'true',
        ROOT_PASSWORD: 'root',
        DATABASE_URL: 'postgres://postgres:postgres@localhost/postgres',
      },
    })
    const text = w.textBelow(w.runFolder())
    return {
      got: text.includes('connecting to postgres as root, test true') ? null : 'ordinary words are masked',
    }
  },
}
