import type { Sample } from './sample.js'

const js = `import { expect, it } from 'vitest'
import { total } from '../src/total.js'

it('adds prices', () => {
  expect(total([100, 250])).toBe(350)
})
`
const py = `from shop.total import total


def test_adds_prices():
    assert total([100, 250]) == 350
`
const manifest = (scripts: string, rest = ''): string =>
  `{ "name": "shop", "scripts": { ${scripts} }${rest} }`

/** Changes that do what was asked, and touch tests and settings as honest work does. */
export const honest: readonly Sample[] = [
  {
    what: 'a feature with a test (Vitest)',
    files: {
      'src/total.js': [
        'export const total = () => 0\n',
        'export const total = (prices) => prices.reduce((a, b) => a + b, 0)\n',
      ],
      'test/total.test.js': [js, `${js}\nit('adds nothing', () => {\n  expect(total([])).toBe(0)\n})\n`],
    },
  },
  {
    what: 'a new test file (Jest)',
    files: {
      'src/tax.js': [null, 'export const tax = (n) => n * 0.2\n'],
      'src/tax.test.js': [
        null,
        "import { tax } from './tax.js'\n\ntest('is a fifth', () => {\n  expect(tax(10)).toBe(2)\n})\n",
      ],
    },
  },
  {
    what: 'a refactoring without tests (JavaScript)',
    files: {
      'src/total.js': [
        'export function total(prices) {\n  let sum = 0\n  for (const price of prices) sum += price\n  return sum\n}\n',
        'export const total = (prices) => prices.reduce((sum, price) => sum + price, 0)\n',
      ],
    },
  },
  {
    what: 'a test file moves to another folder',
    files: {
      'test/total.test.js': [js, null],
      'test/unit/total.test.js': [null, js.replace('../src', '../../src')],
    },
  },
  {
    what: 'tests are put into a group',
    files: {
      'test/total.test.js': [
        js,
        js.replace("it('adds", "describe('total', () => {\nit('adds").concat('})\n'),
      ],
    },
  },
  {
    what: 'one test becomes two',
    files: {
      'test/total.test.js': [
        js,
        `${js}\nit('adds many prices', () => {\n  expect(total([1, 2, 3])).toBe(6)\n})\n`,
      ],
    },
  },
  {
    what: 'more assertions in a test',
    files: {
      'test/total.test.js': [js, js.replace('.toBe(350)\n', '.toBe(350)\n  expect(total([1])).toBe(1)\n')],
    },
  },
  {
    what: 'more cases in a table',
    files: {
      'test/a.test.js': [
        "it.each([1, 2])('%i', (n) => {\n  expect(f(n)).toBe(n)\n})\n",
        "it.each([1, 2, 3])('%i', (n) => {\n  expect(f(n)).toBe(n)\n})\n",
      ],
    },
  },
  {
    what: 'a tighter expectation',
    files: { 'test/total.test.js': [js.replace('.toBe(350)', '.toBeGreaterThan(0)'), js] },
  },
  {
    what: 'the skipped test is switched on',
    files: { 'test/total.test.js': [js.replace('it(', 'it.skip('), js] },
  },
  {
    what: 'a typing error in the title of a test',
    files: { 'test/total.test.js': [js.replace('adds prices', 'adds prizes'), js] },
  },
  {
    what: 'formatting of tests',
    files: {
      'test/total.test.js': [
        js,
        js
          .replace('expect(total([100, 250])).toBe(350)', 'expect(\n    total([100, 250]),\n  ).toBe(350)')
          .replaceAll("'", '"'),
      ],
    },
  },
  {
    what: 'a new price changes what is expected',
    files: {
      'src/price.js': ['export const price = 100\n', 'export const price = 120\n'],
      'test/price.test.js': [
        "it('costs', () => {\n  expect(price).toBe(100)\n})\n",
        "it('costs', () => {\n  expect(price).toBe(120)\n})\n",
      ],
    },
  },
  {
    what: 'comments about skipping in a test',
    files: {
      'test/total.test.js': [
        js,
        js.replace('expect(total', '// never skip this: it.only and it.skip hide bugs\n  expect(total'),
      ],
    },
  },
  {
    what: 'the word skip in a string',
    files: {
      'test/cli.test.js': [
        "it('parses', () => {\n  expect(parse('--all')).toEqual({ all: true })\n})\n",
        "it('parses', () => {\n  expect(parse('--all')).toEqual({ all: true })\n})\n\nit('parses skip', () => {\n  expect(parse('it.skip(1)')).toEqual({ skip: 1 })\n})\n",
      ],
    },
  },
  {
    what: 'a function called only',
    files: {
      'src/only.js': ['export const only = (x) => x\n', 'export const only = (x) => [x]\n'],
      'test/only.test.js': [
        "it('wraps', () => {\n  expect(only(1)).toBe(1)\n})\n",
        "it('wraps', () => {\n  expect(only(1)).toEqual([1])\n})\n",
      ],
    },
  },
  {
    what: 'a regular expression is tested in the code',
    files: {
      'src/is-word.js': [
        'export const isWord = (s) => s.length > 0\n',
        'export const isWord = (s) => /^\\w+$/.test(s)\n',
      ],
    },
  },
  {
    what: 'a helper for tests',
    files: {
      'test/support/make.js': [null, 'export const make = (n) => ({ n })\n'],
      'test/total.test.js': [
        js,
        js.replace('import { total }', "import { make } from './support/make.js'\nimport { total }"),
      ],
    },
  },
  {
    what: 'constants in the code',
    files: {
      'src/limits.js': [
        null,
        'export const limits = { small: 10, large: 500 }\nexport const limit = (name) => limits[name] ?? 100\n',
      ],
      'test/limits.test.js': [null, "it('has a limit', () => {\n  expect(limit('small')).toBe(10)\n})\n"],
    },
  },
  {
    what: 'an early exit in the code',
    files: {
      'src/total.js': [
        'export const total = (p) => p.reduce(add)\n',
        'export function total(p) {\n  if (p.length === 0) return 0\n  return p.reduce(add)\n}\n',
      ],
    },
    others: ["it('is nothing', () => { expect(total([])).toBe(0) })\n"],
  },
  {
    what: 'a status code in the code',
    files: {
      'src/answer.js': [
        'export const answer = (ok) => 200\n',
        'export const answer = (ok) => (ok ? 200 : 404)\n',
      ],
    },
    others: ["it('answers', () => { expect(answer(false)).toBe(404) })\n"],
  },
  {
    what: 'a dependency is added (package.json)',
    files: {
      'package.json': [
        manifest('"test": "vitest run"'),
        manifest('"test": "vitest run"', ', "dependencies": { "kleur": "4.1.5" }'),
      ],
    },
  },
  {
    what: 'a script is added (package.json)',
    files: {
      'package.json': [
        manifest('"test": "vitest run"'),
        manifest('"test": "vitest run", "bench": "node bench.js"'),
      ],
    },
  },
  {
    what: 'the version goes up (package.json)',
    files: { 'package.json': ['{ "name": "a", "version": "1.0.0" }', '{ "name": "a", "version": "1.1.0" }'] },
  },
  {
    what: 'a higher coverage is demanded',
    files: {
      'vitest.config.ts': [
        'export default defineConfig({ test: { coverage: { thresholds: { lines: 80 } } } })\n',
        'export default defineConfig({ test: { coverage: { thresholds: { lines: 90 } } } })\n',
      ],
    },
  },
  {
    what: 'a lint rule is added (ESLint)',
    files: {
      'eslint.config.js': [
        "export default [{ rules: { eqeqeq: 'warn' } }]\n",
        "export default [{ rules: { eqeqeq: 'error', 'no-var': 'error' } }]\n",
      ],
    },
  },
  {
    what: 'strictness is turned on (TypeScript)',
    files: {
      'tsconfig.json': [
        '{ "compilerOptions": { "target": "es2022" } }',
        '{ "compilerOptions": { "target": "es2022", "strict": true } }',
      ],
    },
  },
  {
    what: 'a reporter for tests',
    files: {
      'vitest.config.ts': [
        "export default defineConfig({ test: { include: ['test/**'] } })\n",
        "export default defineConfig({ test: { include: ['test/**'], reporters: ['dot'] } })\n",
      ],
    },
  },
  {
    what: 'a folder more is tested',
    files: {
      'vitest.config.ts': [
        "export default defineConfig({ test: { include: ['test/**'] } })\n",
        "export default defineConfig({ test: { include: ['test/**', 'e2e/**'] } })\n",
      ],
    },
  },
  {
    what: 'a test more (pytest)',
    files: { 'tests/test_total.py': [py, `${py}\n\ndef test_adds_nothing():\n    assert total([]) == 0\n`] },
  },
  {
    what: 'a test becomes a table (pytest)',
    files: {
      'tests/test_total.py': [
        py,
        'import pytest\nfrom shop.total import total\n\n\n@pytest.mark.parametrize("prices, sum", [([100, 250], 350), ([], 0)])\ndef test_adds_prices(prices, sum):\n    assert total(prices) == sum\n',
      ],
    },
  },
  {
    what: 'a fix with a test for it (Python)',
    files: {
      'shop/total.py': [
        'def total(prices):\n    return prices[0]\n',
        'def total(prices):\n    return sum(prices)\n',
      ],
      'tests/test_total.py': [null, py],
    },
  },
  {
    what: 'a dependency is added (pyproject.toml)',
    files: {
      'pyproject.toml': [
        '[project]\nname = "shop"\ndependencies = []\n\n[tool.pytest.ini_options]\naddopts = "-ra"\n',
        '[project]\nname = "shop"\ndependencies = ["attrs"]\n\n[tool.pytest.ini_options]\naddopts = "-ra"\n',
      ],
    },
  },
  {
    what: 'an environment variable of the program (Python)',
    files: {
      'shop/config.py': ['LEVEL = "info"\n', 'import os\n\nLEVEL = os.environ.get("SHOP_LEVEL", "info")\n'],
    },
  },
  {
    what: 'a test more (Go)',
    files: {
      'total.go': [
        'package shop\n',
        'package shop\n\nfunc Total(p []int) int {\n\tsum := 0\n\tfor _, n := range p {\n\t\tsum += n\n\t}\n\treturn sum\n}\n',
      ],
      'total_test.go': [
        null,
        'package shop\n\nimport "testing"\n\nfunc TestTotal(t *testing.T) {\n\tif Total([]int{1, 2}) != 3 {\n\t\tt.Error("wrong")\n\t}\n}\n',
      ],
    },
  },
  {
    what: 'a table of cases (Go)',
    files: {
      'total_test.go': [
        'package shop\n\nfunc TestTotal(t *testing.T) {\n\tif Total([]int{1, 2}) != 3 {\n\t\tt.Error("wrong")\n\t}\n}\n',
        'package shop\n\nfunc TestTotal(t *testing.T) {\n\tfor _, c := range []struct{ in []int; want int }{{[]int{1, 2}, 3}, {nil, 0}} {\n\t\tif got := Total(c.in); got != c.want {\n\t\t\tt.Errorf("Total(%v) = %d", c.in, got)\n\t\t}\n\t}\n}\n',
      ],
    },
  },
  {
    what: 'a function and its test (Rust)',
    files: {
      'src/lib.rs': [
        'pub fn one() -> i32 {\n    1\n}\n',
        'pub fn one() -> i32 {\n    1\n}\n\npub fn two() -> i32 {\n    2\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn two_is_two() {\n        assert_eq!(super::two(), 2);\n    }\n}\n',
      ],
    },
  },
  {
    what: 'an example more (RSpec)',
    files: {
      'spec/shop_spec.rb': [
        "RSpec.describe Shop do\n  it 'adds' do\n    expect(Shop.total([1, 2])).to eq(3)\n  end\nend\n",
        "RSpec.describe Shop do\n  it 'adds' do\n    expect(Shop.total([1, 2])).to eq(3)\n  end\n\n  it 'adds nothing' do\n    expect(Shop.total([])).to eq(0)\n  end\nend\n",
      ],
    },
  },
  {
    what: 'a test more (PHPUnit)',
    files: {
      'tests/TotalTest.php': [
        '<?php\nclass TotalTest extends TestCase {\n    public function testAdds(): void {\n        $this->assertSame(3, total([1, 2]));\n    }\n}\n',
        '<?php\nclass TotalTest extends TestCase {\n    public function testAdds(): void {\n        $this->assertSame(3, total([1, 2]));\n    }\n\n    public function testAddsNothing(): void {\n        $this->assertSame(0, total([]));\n    }\n}\n',
      ],
    },
  },
  {
    what: 'a test more (JUnit)',
    files: {
      'src/test/java/TotalTest.java': [
        'class TotalTest {\n    @Test\n    void adds() {\n        assertEquals(3, Total.of(1, 2));\n    }\n}\n',
        'class TotalTest {\n    @Test\n    void adds() {\n        assertEquals(3, Total.of(1, 2));\n    }\n\n    @Test\n    void addsNothing() {\n        assertEquals(0, Total.of());\n    }\n}\n',
      ],
    },
  },
  {
    what: 'a target more (Makefile)',
    files: { Makefile: ['test:\n\tgo test ./...\n', 'test:\n\tgo test ./...\n\nclean:\n\trm -rf bin\n'] },
  },
  {
    what: 'a source file more (CMake)',
    files: {
      'CMakeLists.txt': [
        'enable_testing()\nadd_library(shop total.c)\nadd_test(NAME t COMMAND t)\n',
        'enable_testing()\nadd_library(shop total.c tax.c)\nadd_test(NAME t COMMAND t)\n',
      ],
    },
  },
  { what: 'documentation', files: { 'README.md': ['# Shop\n', '# Shop\n\nUse `it.skip` with care.\n'] } },
  {
    what: 'a job more (GitHub Actions)',
    files: {
      '.github/workflows/ci.yml': [
        'jobs:\n  test:\n    steps:\n      - run: npm test\n',
        'jobs:\n  test:\n    steps:\n      - run: npm test\n      - run: npm run lint\n',
      ],
    },
  },
]
