import type { TestLanguage } from '../test-case.js'
import { bracedCases, cStyle } from './braced.js'

/** GoogleTest, Catch2, doctest, Boost.Test, Unity, and plain functions that are called `test_…`, in C and C++. */
export const cpp: TestLanguage = {
  name: 'C and C++',
  extensions: ['.c', '.cc', '.cpp', '.cxx', '.h', '.hpp'],
  isTestFile: (path) =>
    /(?:^|\/)(?:tests?|unittests?)\/.*\.(?:c|cc|cpp|cxx|h|hpp)$/.test(path) ||
    /(?:^|\/)(?:test_[^/]*|[^/]*_(?:test|unittest|tests))\.(?:c|cc|cpp|cxx)$/.test(path),
  cases: (text) =>
    bracedCases(text, {
      rules: {
        ...cStyle,
        strings: [
          ['"', '"'],
          ["'", "'"],
        ],
      },
      head: /^[ \t]*(?:(?:TYPED_)?TEST(?:_F|_P|_CASE|_CASE_METHOD)?|BOOST_AUTO_TEST_CASE|SCENARIO)\s*\(\s*(?<name>[^)\n]+?)\s*\)|^(?:static\s+)?(?:void|int)\s+(?<plain>test_?\w+)\s*\([^;{]*\)(?=\s*\{)/gm,
      assertion:
        /\b(?:(?:ASSERT|EXPECT|CHECK|REQUIRE|BOOST_CHECK|BOOST_REQUIRE|TEST_ASSERT)\w*|assert)\s*\(/g,
      trivial: [/^(?:ASSERT|EXPECT)_TRUE\(\s*true\s*\)$/, /^assert\(\s*(?:1|true)\s*\)$/],
      skippedByHead: /DISABLED_|\[\.\]|\[!\w*(?:skip|hide)/,
      skippedByBody: /\b(?:GTEST_SKIP|SKIP|TEST_IGNORE\w*)\s*\(/,
    }),
}
