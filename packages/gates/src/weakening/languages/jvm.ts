import type { TestLanguage } from '../test-case.js'
import { bracedCases, cStyle } from './braced.js'

/** JUnit and TestNG in Java, Kotlin, Scala and Groovy; NUnit, xUnit and MSTest in C#. */
export const jvm: TestLanguage = {
  name: 'JUnit',
  extensions: ['.java', '.kt', '.kts', '.scala', '.groovy', '.cs'],
  isTestFile: (path) =>
    /(?:^|\/)src\/(?:\w*[tT]est)\/.*\.(?:java|kt|scala|groovy)$/.test(path) ||
    /(?:Tests?|IT|Spec)\.(?:java|kt|scala|groovy|cs)$/.test(path),
  cases: (text) =>
    bracedCases(text, {
      rules: cStyle,
      head: /(?:^[ \t]*[@[][^\n]*\n)*^[ \t]*(?:@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\b|\[(?:Fact|Theory|Test|TestMethod|TestCase)\b)[^\n]*\n?(?:^[ \t]*[@[][^\n]*\n)*[^;{}\n]*?(?<name>`[^`]+`|\b\w+)\s*\(/gm,
      assertion:
        /\b(?:assert\w*|Assert\w*(?:\.\w+)?|Assertions\.\w+|expect\w*|verify|fail|StepVerifier)\s*\(|\.(?:should\w*|Should\w*)\b/g,
      trivial: [
        /^(?:Assert(?:ions)?\.)?(?:assertTrue|IsTrue|True)\(\s*true\s*\)$/,
        /^(?:Assert(?:ions)?\.)?(?:assertEquals|AreEqual|Equal)\(\s*(\S+)\s*,\s*\1\s*\)$/,
      ],
      skippedByHead: /@(?:Disabled|Ignore)\w*\b|\[Ignore\b|\bSkip\s*=|enabled\s*=\s*false/,
      skippedByBody: /\b(?:assumeTrue\s*\(\s*false|Assume\.that|Assert\.(?:Ignore|Inconclusive|Skip)\s*\()/,
      skippedByFile:
        /^@(?:Disabled|Ignore)\b[^\n]*\n(?:@[^\n]*\n)*(?:public\s+|internal\s+|final\s+)*class\b/m,
      caseMark: /\[(?:InlineData|TestCase|DataRow)\b/g,
    }),
}
