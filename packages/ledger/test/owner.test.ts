import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acquireOwner, createRunStore, ownerState, readOwner, type OwnerIdentity } from '@gump/ledger'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleProgram, ended, firstLine, start } from './support/programs.js'
import { temporaryFolder } from './support/temporary.js'

const me: OwnerIdentity = { pid: 41, pidStart: '99', bootId: 'b', host: 'here', pidNamespace: 'pid:[1]' }
const other: OwnerIdentity = { ...me, pid: 42, host: 'there' }
const alive = (): 'alive' => 'alive'
const dead = (): 'dead' => 'dead'
const unknown = (): 'unknown' => 'unknown'

describe('ownership', () => {
  test('the first owner is number 1, and its file says who it is', () => {
    const runDir = temporaryFolder()
    expect(readOwner(runDir)).toBeNull()
    expect(ownerState(runDir, alive)).toBe('none')
    const owner = acquireOwner({ runDir, identity: me, probe: alive })
    expect(owner.number).toBe(1)
    expect(owner.holds()).toBe(true)
    expect(readOwner(runDir)).toEqual({ number: 1, identity: me, ended: false })
    expect(readdirSync(runDir)).toEqual(['owner.1'])
  })

  test('a live owner is named and never taken over', () => {
    const runDir = temporaryFolder()
    acquireOwner({ runDir, identity: me, probe: alive })
    for (const takeOver of [false, true]) {
      expect(() => acquireOwner({ runDir, identity: other, probe: alive, takeOver })).toThrow(
        expect.objectContaining({ code: 'GUMP-L003', message: expect.stringContaining('41') }),
      )
    }
    expect(ownerState(runDir, alive)).toBe('alive')
  })

  test('a dead owner is followed, and notices', () => {
    const runDir = temporaryFolder()
    const first = acquireOwner({ runDir, identity: me, probe: alive })
    expect(ownerState(runDir, dead)).toBe('dead')
    const second = acquireOwner({ runDir, identity: other, probe: dead })
    expect(second.number).toBe(2)
    expect(first.holds()).toBe(false)
    expect(existsSync(join(runDir, 'owner.1'))).toBe(true)
  })

  test('an owner that cannot be checked needs a person’s word', () => {
    const runDir = temporaryFolder()
    acquireOwner({ runDir, identity: other, probe: alive })
    expect(() => acquireOwner({ runDir, identity: me, probe: unknown })).toThrow(
      expect.objectContaining({ code: 'GUMP-L004', message: expect.stringContaining('there') }),
    )
    expect(acquireOwner({ runDir, identity: me, probe: unknown, takeOver: true }).number).toBe(2)
  })

  test('a file that makes no sense is an owner that cannot be checked', () => {
    const runDir = temporaryFolder()
    for (const text of ['', 'null', '{"pid":"1"}', '{']) {
      writeFileSync(join(runDir, 'owner.7'), text)
      expect(ownerState(runDir, dead)).toBe('unknown')
      expect(() => acquireOwner({ runDir, identity: me, probe: dead })).toThrow(
        expect.objectContaining({ code: 'GUMP-L004' }),
      )
    }
  })

  test('a released run is free, its history stays', () => {
    const runDir = temporaryFolder()
    const first = acquireOwner({ runDir, identity: me, probe: alive })
    first.release()
    first.release()
    expect(ownerState(runDir, alive)).toBe('none')
    expect(acquireOwner({ runDir, identity: other, probe: alive }).number).toBe(2)
    first.release()
    expect(ownerState(runDir, alive)).toBe('alive')
    expect(readdirSync(runDir).toSorted()).toEqual(['owner.1', 'owner.1.ended', 'owner.2'])
  })

  test('number 10 is newer than number 9', () => {
    const runDir = temporaryFolder()
    for (let number = 1; number <= 10; number += 1) {
      expect(acquireOwner({ runDir, identity: me, probe: dead }).number).toBe(number)
    }
  })
})

describe('sixteen processes', () => {
  let program: { file: string; dir: string }
  beforeAll(async () => {
    program = await bundleProgram('contend')
  })
  afterAll(() => rmSync(program.dir, { recursive: true, force: true }))

  /** Starts all, lets them go at once, and returns what each said; all stay alive until they have. */
  async function contend(what: 'owner' | 'alias', target: string): Promise<string[]> {
    const children = Array.from({ length: 16 }, () => start(process.execPath, [program.file, what, target]))
    try {
      await Promise.all(children.map(firstLine))
      const answers = children.map(firstLine)
      for (const child of children) child.stdin.write('go')
      return await Promise.all(answers)
    } finally {
      for (const child of children) child.stdin.end()
      await Promise.all(children.map(ended))
    }
  }

  test('want one run: exactly one gets it, the others learn who', async () => {
    const runDir = temporaryFolder()
    acquireOwner({ runDir, identity: { ...me, pid: 2 ** 22 + 1 }, probe: alive })
    const answers = await contend('owner', runDir)
    expect(answers.filter((answer) => answer === 'won 2')).toHaveLength(1)
    const pid = readOwner(runDir)?.identity?.pid
    expect(answers.filter((answer) => answer === `GUMP-L003 ${pid}`)).toHaveLength(15)
    expect(readdirSync(runDir).toSorted()).toEqual(['owner.1', 'owner.2'])
  })

  test('start in the same minute: every run gets its own name', async () => {
    const gumpDir = temporaryFolder()
    const answers = await contend('alias', gumpDir)
    const base = answers.map((answer) => answer.length).toSorted((a, b) => a - b)[0]
    const numbers = answers.map((answer) => Number(answer.slice((base ?? 0) + 1) || '1'))
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
    const runs = await createRunStore(gumpDir).list()
    expect(runs.map((run) => run.alias).toSorted()).toEqual(answers.toSorted())
  })
})
