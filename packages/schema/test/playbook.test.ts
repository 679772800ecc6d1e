import { cascade, directoryPlaybook, memoryPlaybook, parseWorkflow, pathWorkflow } from '@gump/schema'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gump-playbook-'))
})
afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

const flow = (name: string) => `name: ${name}\nsteps:\n  - name: a\n    gate: [compile]\n`
const project = () =>
  directoryPlaybook({ origin: 'project', dir: join(root, '.gump/workflows'), displayRoot: root })

async function code(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'resolved',
    (error: { code?: string }) => error.code ?? String(error),
  )
}

describe('directoryPlaybook', () => {
  test('finds .yaml and .yml, also in sub-folders, and lists them', async () => {
    await put('.gump/workflows/tdd.yaml', flow('tdd'))
    await put('.gump/workflows/validators/arch.yml', flow('validators/arch'))
    await put('.gump/workflows/notes.md', 'x')
    await put('.gump/workflows/.hidden.yaml', 'x')
    expect(await project().resolve('tdd')).toEqual({
      ref: 'tdd',
      origin: 'project',
      file: '.gump/workflows/tdd.yaml',
      text: flow('tdd'),
      files: {},
      unreadable: {},
    })
    expect((await project().list()).map((source) => source.ref)).toEqual(['tdd', 'validators/arch'])
  })

  test('gives all of a folder one namespace', async () => {
    const validators = directoryPlaybook({
      origin: 'project',
      dir: join(root, '.gump/validators'),
      displayRoot: root,
      namespace: 'validators',
    })
    expect(await validators.list()).toEqual([])
    const text = `${flow('arch')}    # ${'x'}\n  - {name: b, type: validate, agent: q, prompt: {file: ask.md}}\n`
    await put('.gump/validators/arch.yaml', text)
    await put('.gump/validators/deep/er.yml', flow('er'))
    await put('.gump/validators/ask.md', 'Well?')
    expect(await validators.resolve('validators/arch')).toEqual({
      ref: 'validators/arch',
      origin: 'project',
      file: '.gump/validators/arch.yaml',
      text,
      files: { 'ask.md': 'Well?' },
      unreadable: {},
    })
    expect((await validators.list()).map((source) => source.ref)).toEqual([
      'validators/arch',
      'validators/deep/er',
    ])
    const from = await validators.resolve('validators/deep/er')
    expect(await code(validators.resolve('er.yml', from))).toBe('resolved')
    for (const ref of ['arch', 'validators', 'validators/../arch', 'other/arch', 'validatorsarch'])
      expect(await code(validators.resolve(ref)), ref).not.toBe('resolved')
    await expect(validators.resolve('validators/arhc')).rejects.toMatchObject({
      data: { near: ['validators/arch'] },
    })
  })

  test('is empty when the folder is missing', async () => {
    expect(await project().list()).toEqual([])
    expect(await code(project().resolve('tdd'))).toBe('GUMP-W060')
  })

  test('lists near names when there is none', async () => {
    await put('.gump/workflows/bugfix.yaml', flow('bugfix'))
    await put('.gump/workflows/tdd.yaml', flow('tdd'))
    await expect(project().resolve('bugfx')).rejects.toMatchObject({
      code: 'GUMP-W060',
      data: { near: ['bugfix'] },
      remedy: expect.stringContaining('did you mean bugfix'),
    })
  })

  test.each([
    '../secret',
    '/etc/passwd',
    'a/../../secret',
    'a//b',
    '',
    '.',
    'a\0b',
    'C:\\x',
    '__proto__/../../x',
    '-x',
  ])('refuses %j', async (ref) => {
    await put('secret.yaml', flow('secret'))
    await put('.gump/workflows/a/b.yaml', flow('b'))
    expect(await code(project().resolve(ref))).toBe('GUMP-W038')
  })

  test('refuses links out of the folder and follows links inside it', async () => {
    await put('secret.yaml', flow('secret'))
    await put('.gump/workflows/real.yaml', flow('real'))
    await symlink(join(root, 'secret.yaml'), join(root, '.gump/workflows/out.yaml'))
    await symlink('real.yaml', join(root, '.gump/workflows/in.yaml'))
    await symlink(root, join(root, '.gump/workflows/up'))
    await symlink('loop.yaml', join(root, '.gump/workflows/loop.yaml'))
    expect(await code(project().resolve('out'))).toBe('GUMP-W053')
    expect(await code(project().resolve('up/secret'))).toBe('GUMP-W053')
    expect(await code(project().resolve('loop'))).toBe('GUMP-W064')
    expect((await project().resolve('in')).text).toBe(flow('real'))
    const listed = (await project().list()).map(({ ref, broken }) => [ref, broken])
    expect(listed).toEqual([
      ['in', undefined],
      ['loop', true],
      ['out', true],
      ['real', undefined],
    ])
  })

  test('never waits for a pipe and never reads what is too large or not text', async () => {
    await put('.gump/workflows/huge.yaml', 'x'.repeat(1024 * 1024 + 1))
    await put('.gump/workflows/dir.yaml/x', '')
    await writeFile(join(root, '.gump/workflows/binary.yaml'), Buffer.from([0xff, 0xfe, 0x00]))
    await promisify(execFile)('mkfifo', [join(root, '.gump/workflows/pipe.yaml')])
    for (const ref of ['huge', 'dir', 'binary', 'pipe'])
      expect(await code(project().resolve(ref))).toBe('GUMP-W064')
  })

  test('loads prompt files beside the workflow and says why others have no text', async () => {
    const step = (file: string) =>
      `  - {name: s${file.replace(/\W/g, '')}, agent: a, prompt: {file: ${file}}}\n`
    const text = `name: x\nsteps:\n${['p/a.md', 'none.md', '../../secret.md', '/etc/passwd', 'link.md'].map(step).join('')}`
    await put('.gump/workflows/x.yaml', text)
    await put('.gump/workflows/p/a.md', 'do it')
    await put('secret.md', 'secret')
    await symlink(join(root, 'secret.md'), join(root, '.gump/workflows/link.md'))
    const source = await project().resolve('x')
    expect(source.files).toEqual({ 'p/a.md': 'do it' })
    const { workflow, diagnostics } = parseWorkflow(source)
    expect(workflow).toBeNull()
    expect(diagnostics.map((found) => `${found.code} ${found.range?.start.line} ${found.message}`)).toEqual([
      'GUMP-W052 4 the prompt file "none.md" does not exist',
      'GUMP-W053 5 the prompt file "../../secret.md" leaves its folder',
      'GUMP-W053 6 the prompt file "/etc/passwd" is not relative',
      'GUMP-W052 7 the prompt file "link.md" is a link that leaves its folder',
    ])
  })
})

describe('pathWorkflow', () => {
  const paths = () => pathWorkflow({ cwd: root, displayRoot: root })

  test('takes any .yaml or .yml path a person gives, and only such', async () => {
    await put('flows/x.yml', flow('x'))
    expect(await paths().resolve('flows/x.yml')).toMatchObject({
      ref: 'flows/x.yml',
      origin: 'path',
      file: 'flows/x.yml',
    })
    expect((await paths().resolve(join(root, 'flows/x.yml'))).file).toBe('flows/x.yml')
    expect(await code(paths().resolve('flows/x'))).toBe('GUMP-W060')
    expect(await code(paths().resolve('flows/none.yaml'))).toBe('GUMP-W060')
  })

  test('lets a workflow name files beside and below itself only', async () => {
    await put('flows/x.yaml', flow('x'))
    await put('flows/sub/y.yaml', flow('y'))
    await put('secret.yaml', flow('secret'))
    await symlink(join(root, 'secret.yaml'), join(root, 'flows/link.yaml'))
    const from = await paths().resolve('flows/x.yaml')
    expect((await paths().resolve('sub/y.yaml', from)).ref).toBe('flows/sub/y.yaml')
    expect(await code(paths().resolve('../secret.yaml', from))).toBe('GUMP-W038')
    expect(await code(paths().resolve(join(root, 'secret.yaml'), from))).toBe('GUMP-W038')
    expect(await code(paths().resolve('link.yaml', from))).toBe('GUMP-W053')
  })
})

describe('cascade', () => {
  const builtin = memoryPlaybook({
    origin: 'builtin',
    workflows: [
      { ref: 'tdd', text: flow('tdd') },
      { ref: 'simple', text: flow('simple') },
    ],
  })

  test('takes the first that has it and hides the others', async () => {
    await put('.gump/workflows/tdd.yaml', flow('mine'))
    const all = cascade([pathWorkflow({ cwd: root, displayRoot: root }), project(), builtin])
    expect((await all.resolve('tdd')).origin).toBe('project')
    expect((await all.resolve('simple')).file).toBe('builtin:simple.yaml')
    expect((await all.list()).map((source) => [source.ref, source.origin])).toEqual([
      ['simple', 'builtin'],
      ['tdd', 'project'],
    ])
  })

  test('collects near names of all libraries', async () => {
    await put('.gump/workflows/tddx.yaml', flow('tddx'))
    await expect(cascade([project(), builtin]).resolve('tddd')).rejects.toMatchObject({
      data: { near: ['tdd', 'tddx'] },
    })
  })

  test('does not hide a file that cannot be read behind a later library', async () => {
    await put('secret.yaml', flow('secret'))
    await put('.gump/workflows/x', '')
    await symlink(join(root, 'secret.yaml'), join(root, '.gump/workflows/tdd.yaml'))
    expect(await code(cascade([project(), builtin]).resolve('tdd'))).toBe('GUMP-W053')
  })

  test('names the file of a path that does not exist', async () => {
    const all = cascade([pathWorkflow({ cwd: root, displayRoot: root }), project(), builtin])
    await expect(all.resolve('none.yaml')).rejects.toMatchObject({
      message: 'there is no workflow file none.yaml',
    })
  })
})
