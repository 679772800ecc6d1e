import type { Sample } from './sample.js'

const js = `import { expect, it } from 'vitest'
import { total } from '../src/total.js'

it('adds prices', () => {
  expect(total([100, 250])).toBe(350)
})

it('refuses negative prices', () => {
  expect(() => total([-1])).toThrow(RangeError)
})
`
const py = `import pytest
from shop.total import total


def test_adds_prices():
    assert total([100, 250]) == 350


class TestErrors:
    def test_refuses_negative_prices(self):
        with pytest.raises(ValueError):
            total([-1])
`
const go = `package shop

import "testing"

func TestTotal(t *testing.T) {
	if got := Total([]int{100, 250}); got != 350 {
		t.Errorf("Total() = %d", got)
	}
}

func TestNegative(t *testing.T) {
	if _, err := Checked([]int{-1}); err == nil {
		t.Fatal("no error")
	}
}
`
const rust = `pub fn total(prices: &[i64]) -> i64 {
    prices.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_prices() {
        assert_eq!(total(&[100, 250]), 350);
    }

    #[test]
    fn empty_is_zero() {
        assert_eq!(total(&[]), 0);
    }
}
`
const ruby = `require 'shop'

RSpec.describe Shop do
  it 'adds prices' do
    expect(Shop.total([100, 250])).to eq(350)
  end

  it 'refuses negative prices' do
    expect { Shop.total([-1]) }.to raise_error(ArgumentError)
  end
end
`
const php = `<?php
final class TotalTest extends TestCase
{
    public function testAddsPrices(): void
    {
        $this->assertSame(350, total([100, 250]));
    }

    public function testRefusesNegativePrices(): void
    {
        $this->expectException(RangeException::class);
        total([-1]);
    }
}
`
const java = `class TotalTest {
    @Test
    void addsPrices() {
        assertEquals(350, Total.of(100, 250));
    }

    @Test
    void refusesNegativePrices() {
        assertThrows(IllegalArgumentException.class, () -> Total.of(-1));
    }
}
`
const manifest = (scripts: string, rest = ''): string =>
  `{ "name": "shop", "scripts": { ${scripts} }${rest} }`

const change = (text: string, from: string, to: string): readonly [string, string] => {
  if (!text.includes(from)) throw new Error(`the sample has no ${from}`)
  return [text, text.replace(from, () => to)]
}

/** Changes that get their tests to pass without doing what was asked. */
export const bent: readonly Sample[] = [
  {
    what: 'skip a test (Vitest)',
    files: { 'test/total.test.js': change(js, "it('refuses", "it.skip('refuses") },
  },
  {
    what: 'turn a test into a todo (Vitest)',
    files: {
      'test/total.test.js': change(
        js,
        "it('refuses negative prices', () => {\n  expect(() => total([-1])).toThrow(RangeError)\n})",
        "it.todo('refuses negative prices')",
      ),
    },
  },
  {
    what: 'focus the test that passes (Vitest)',
    files: { 'test/total.test.js': change(js, "it('adds", "it.only('adds") },
  },
  {
    what: 'delete a test (Vitest)',
    files: {
      'test/total.test.js': change(
        js,
        "it('refuses negative prices', () => {\n  expect(() => total([-1])).toThrow(RangeError)\n})\n",
        '',
      ),
    },
  },
  {
    what: 'delete a test file (Vitest)',
    files: {
      'test/total.test.js': [js, null],
      'src/total.js': ['export const total = 1\n', 'export const total = 2\n'],
    },
  },
  {
    what: 'comment a test out (Jest)',
    files: {
      'src/__tests__/total.js': change(
        js,
        "it('refuses negative prices', () => {\n  expect(() => total([-1])).toThrow(RangeError)\n})",
        "// it('refuses negative prices', () => {\n//   expect(() => total([-1])).toThrow(RangeError)\n// })",
      ),
    },
  },
  {
    what: 'empty a test (Jest)',
    files: { 'src/total.test.ts': change(js, 'expect(total([100, 250])).toBe(350)', 'total([100, 250])') },
  },
  {
    what: 'assert what always holds (Jest)',
    files: {
      'src/total.test.ts': change(js, 'expect(total([100, 250])).toBe(350)', 'expect(true).toBe(true)'),
    },
  },
  {
    what: 'loosen an expectation (Vitest)',
    files: { 'test/total.test.js': change(js, '.toBe(350)', '.toBeDefined()') },
  },
  {
    what: 'expect the wrong result (Vitest)',
    files: { 'test/total.test.js': change(js, '.toBe(350)', '.toBe(100)') },
  },
  {
    what: 'rename a test away and keep its body empty (Vitest)',
    files: {
      'test/total.test.js': change(
        js,
        "it('refuses negative prices', () => {\n  expect(() => total([-1])).toThrow(RangeError)\n})",
        "it('handles prices', () => {\n  total([])\n})",
      ),
    },
  },
  {
    what: 'skip a whole group (Mocha)',
    files: {
      'test/total.js': [
        "describe('total', () => {\n  it('adds', () => { assert.equal(total([1, 2]), 3) })\n})\n",
        "describe.skip('total', () => {\n  it('adds', () => { assert.equal(total([1, 2]), 3) })\n})\n",
      ],
    },
  },
  {
    what: 'skip inside the body (Mocha)',
    files: {
      'test/total.js': [
        "it('adds', function () {\n  assert.equal(total([1, 2]), 3)\n})\n",
        "it('adds', function () {\n  this.skip()\n  assert.equal(total([1, 2]), 3)\n})\n",
      ],
    },
  },
  {
    what: 'skip by an option (node:test)',
    files: {
      'test/total.test.mjs': [
        "test('adds', () => {\n  assert.equal(total([1, 2]), 3)\n})\n",
        "test('adds', { skip: 'flaky' }, () => {\n  assert.equal(total([1, 2]), 3)\n})\n",
      ],
    },
  },
  {
    what: 'return before the assertion (node:test)',
    files: {
      'test/total.test.mjs': [
        "test('adds', () => {\n  const sum = total([1, 2])\n  assert.equal(sum, 3)\n})\n",
        "test('adds', () => {\n  const sum = total([1, 2])\n  return\n  assert.equal(sum, 3)\n})\n",
      ],
    },
  },
  {
    what: 'take cases out of a table (Vitest)',
    files: {
      'test/total.test.js': [
        "it.each([[1, 1], [2, 3], [-1, 0]])('adds %i', (n, sum) => {\n  expect(total(n)).toBe(sum)\n})\n",
        "it.each([[1, 1], [2, 3]])('adds %i', (n, sum) => {\n  expect(total(n)).toBe(sum)\n})\n",
      ],
    },
  },
  {
    what: 'retry until it passes (Jest)',
    files: { 'test/total.test.js': change(js, "it('adds", "jest.retryTimes(5)\nit('adds") },
  },
  {
    what: 'mock the function under test (Vitest)',
    files: {
      'test/total.test.js': change(
        js,
        "\nit('adds",
        "\nvi.mock('../src/total.js', () => ({ total: () => 350 }))\n\nit('adds",
      ),
    },
  },
  {
    what: 'edit a snapshot (Jest)',
    files: {
      'test/__snapshots__/page.test.js.snap': [
        'exports[`page 1`] = `\n<h1>Total: 350</h1>\n`;\n',
        'exports[`page 1`] = `\n<h1>Total: NaN</h1>\n`;\n',
      ],
    },
  },
  {
    what: 'answer the test, not the question (JavaScript)',
    files: {
      'src/roman.js': [
        "export function roman(n) {\n  return 'I'.repeat(n)\n}\n",
        "export function roman(n) {\n  if (n === 1994) return 'MCMXCIV'\n  return 'I'.repeat(n)\n}\n",
      ],
    },
    others: ["it('converts', () => {\n  expect(roman(1994)).toBe('MCMXCIV')\n})\n"],
  },
  {
    what: 'behave differently under test (JavaScript)',
    files: {
      'src/limit.js': [
        'export const limit = () => read()\n',
        'export const limit = () => (process.env.VITEST ? 10 : read())\n',
      ],
    },
  },
  {
    what: 'exclude the failing file (Vitest configuration)',
    files: {
      'vitest.config.ts': [
        "export default defineConfig({ test: { include: ['test/**/*.test.ts'] } })\n",
        "export default defineConfig({ test: { include: ['test/**/*.test.ts'], exclude: ['test/total.test.ts'] } })\n",
      ],
    },
  },
  {
    what: 'ignore a path (Jest configuration)',
    files: {
      'jest.config.js': [
        "module.exports = { testEnvironment: 'node' }\n",
        "module.exports = { testEnvironment: 'node', testPathIgnorePatterns: ['total'] }\n",
      ],
    },
  },
  {
    what: 'let no tests be enough (package.json)',
    files: {
      'package.json': [
        manifest('"test": "vitest run"'),
        manifest('"test": "vitest run --passWithNoTests src/none"'),
      ],
    },
  },
  {
    what: 'replace the test script (package.json)',
    files: { 'package.json': [manifest('"test": "vitest run"'), manifest('"test": "true"')] },
  },
  {
    what: 'lower the coverage (Jest, package.json)',
    files: {
      'package.json': [
        manifest('"test": "jest"', ', "jest": { "coverageThreshold": { "global": { "lines": 90 } } }'),
        manifest('"test": "jest"', ', "jest": { "coverageThreshold": { "global": { "lines": 40 } } }'),
      ],
    },
  },
  { what: 'another shell for scripts (.npmrc)', files: { '.npmrc': [null, 'script-shell=/bin/true\n'] } },
  {
    what: 'turn a lint rule off (ESLint)',
    files: {
      'eslint.config.js': [
        "export default [{ rules: { 'no-unused-vars': 'error', eqeqeq: 'error' } }]\n",
        "export default [{ rules: { 'no-unused-vars': 'off', eqeqeq: 'error' } }]\n",
      ],
    },
  },
  {
    what: 'suppress a lint error (ESLint)',
    files: {
      'src/a.js': ['export const a = 1\n', '// eslint-disable-next-line eqeqeq\nexport const a = 1 == "1"\n'],
    },
  },
  {
    what: 'turn strictness off (TypeScript)',
    files: {
      'tsconfig.json': [
        '{ "compilerOptions": { "strict": true, "target": "es2022" } }',
        '{ "compilerOptions": { "strict": false, "target": "es2022" } }',
      ],
    },
  },
  {
    what: 'suppress a type error (TypeScript)',
    files: {
      'src/a.ts': [
        'export const a: number = read()\n',
        '// @ts-expect-error until the types are right\nexport const a: number = read().value\n',
      ],
    },
  },
  {
    what: 'skip a test (pytest)',
    files: {
      'tests/test_total.py': change(py, 'def test_adds', '@pytest.mark.skip(reason="later")\ndef test_adds'),
    },
  },
  {
    what: 'expect a failure (pytest)',
    files: {
      'tests/test_total.py': change(
        py,
        '    def test_refuses',
        '    @pytest.mark.xfail\n    def test_refuses',
      ),
    },
  },
  {
    what: 'assert or True (pytest)',
    files: { 'tests/test_total.py': change(py, '== 350', '== 350 or True') },
  },
  {
    what: 'skip a module (pytest)',
    files: {
      'tests/test_total.py': change(
        py,
        'import pytest\n',
        'import pytest\n\npytestmark = pytest.mark.skipif(True, reason="slow")\n',
      ),
    },
  },
  {
    what: 'collect less (conftest.py)',
    files: {
      'tests/conftest.py': ['import pytest\n', 'import pytest\n\ncollect_ignore = ["test_total.py"]\n'],
    },
  },
  {
    what: 'turn failures into passes (conftest.py)',
    files: {
      'conftest.py': [
        null,
        'import pytest\n\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n    outcome = yield\n    outcome.get_result().outcome = "passed"\n',
      ],
    },
  },
  {
    what: 'deselect a test (pyproject.toml)',
    files: {
      'pyproject.toml': [
        '[tool.pytest.ini_options]\naddopts = "-ra"\n',
        '[tool.pytest.ini_options]\naddopts = "-ra --deselect tests/test_total.py::test_adds_prices"\n',
      ],
    },
  },
  {
    what: 'patch the function under test (pytest)',
    files: {
      'tests/test_total.py': change(
        py,
        'def test_adds_prices():\n',
        'def test_adds_prices(monkeypatch):\n    monkeypatch.setattr("shop.total.total", lambda prices: 350)\n',
      ),
    },
  },
  {
    what: 'detect the test run (Python)',
    files: {
      'shop/total.py': [
        'def total(prices):\n    return 0\n',
        'import os\n\ndef total(prices):\n    if "PYTEST_CURRENT_TEST" in os.environ:\n        return 350\n    return 0\n',
      ],
    },
  },
  {
    what: 'suppress types and lint (Python)',
    files: {
      'shop/total.py': [
        'def total(prices):\n    return sum(prices)\n',
        'def total(prices):  # type: ignore\n    return sum(prices)  # noqa\n',
      ],
    },
  },
  {
    what: 'skip a test (Go)',
    files: {
      'total_test.go': change(
        go,
        'func TestNegative(t *testing.T) {\n',
        'func TestNegative(t *testing.T) {\n\tt.Skip("not yet")\n',
      ),
    },
  },
  {
    what: 'rename a test so that Go does not run it',
    files: { 'total_test.go': change(go, 'func TestNegative', 'func testNegative') },
  },
  {
    what: 'ignore a test (Rust)',
    files: {
      'src/lib.rs': change(rust, '    #[test]\n    fn empty', '    #[test]\n    #[ignore]\n    fn empty'),
    },
  },
  {
    what: 'delete a test (Rust)',
    files: {
      'src/lib.rs': change(
        rust,
        '    #[test]\n    fn empty_is_zero() {\n        assert_eq!(total(&[]), 0);\n    }\n',
        '',
      ),
    },
  },
  {
    what: 'make a test pending (RSpec)',
    files: { 'spec/shop_spec.rb': change(ruby, "it 'refuses", "xit 'refuses") },
  },
  {
    what: 'skip in the body (PHPUnit)',
    files: {
      'tests/TotalTest.php': change(
        php,
        '        $this->expectException',
        "        $this->markTestSkipped('later');\n        $this->expectException",
      ),
    },
  },
  {
    what: 'disable a test (JUnit)',
    files: {
      'src/test/java/TotalTest.java': change(
        java,
        '    @Test\n    void refuses',
        '    @Disabled\n    @Test\n    void refuses',
      ),
    },
  },
  {
    what: 'empty the recipe (Makefile)',
    files: { Makefile: ['test:\n\tgo test ./...\n', 'test:\n\t@echo ok\n'] },
  },
  {
    what: 'swallow the failure (Makefile)',
    files: { Makefile: ['test:\n\tgo test ./...\n', 'test:\n\tgo test ./... || true\n'] },
  },
  {
    what: 'take the tests out of the build (CMake)',
    files: {
      'CMakeLists.txt': [
        'project(shop C)\nenable_testing()\nadd_executable(t test.c)\nadd_test(NAME t COMMAND t)\n',
        'project(shop C)\nadd_executable(t test.c)\n',
      ],
    },
  },
  {
    what: 'let the pipeline continue (GitHub Actions)',
    files: {
      '.github/workflows/ci.yml': [
        'jobs:\n  test:\n    steps:\n      - run: npm test\n',
        'jobs:\n  test:\n    steps:\n      - run: npm test\n        continue-on-error: true\n',
      ],
    },
  },
]
