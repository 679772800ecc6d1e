import { type FakeModel, type FakeModelOptions, type FakeScript, startFakeModel } from '@gump/testkit'
import { afterEach } from 'vitest'

const running: FakeModel[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((model) => model.close()))
})

/** A fake model that ends with the test. */
export async function fakeModel(
  script: FakeScript,
  options: Pick<FakeModelOptions, 'onSent'> = {},
): Promise<FakeModel> {
  const model = await startFakeModel({ script, ...options })
  running.push(model)
  return model
}

export function post(model: FakeModel, path: string, body: unknown): Promise<Response> {
  return fetch(`${model.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}
