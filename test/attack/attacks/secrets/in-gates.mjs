/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'secret',
  tries: 'a password in the environment, and a gate that prints it',
  must: 'held',
  modes: ['auto', 'off'],
  async run(w) {
    w.workflow(
      w.stepOf(
        '    gate: [{bash: "echo got $MY_DB_PASSWORD $AWS_SECRET_ACCESS_KEY $SOME_SECRET $DATABASE_URL"}]\n',
      ),
    )
    w.commit()
    w.agent('echo x > x.txt')
    const env = {
      MY_DB_PASSWORD: 'hunter2-and-more',
      AWS_SECRET_ACCESS_KEY: 'AKIAsecretkey0123456789',
      SOME_SECRET: 'very-secret-value',
      DATABASE_URL: 'postgres://me:pass-of-the-url@db.example.com/app',
    }
    const { out } = await w.run(['-v'], { env })
    const text = out + w.textBelow(w.runFolder())
    const got = ['hunter2-and-more', 'AKIAsecretkey', 'very-secret-value', 'pass-of-the-url'].filter(
      (value) => text.includes(value),
    )
    return { got: got.length === 0 ? null : got.join(', ') }
  },
}
