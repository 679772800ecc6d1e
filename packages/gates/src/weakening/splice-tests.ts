import { afterBracket, blankSource } from './blank.js'
import type { ChangedText } from './change.js'
import { cStyle } from './languages/braced.js'

/**
 * The file as it was before, with the tests that stand inside of it as they are now: Rust keeps unit tests in the
 * sources. Null for a file without such tests.
 */
export function spliceTests({ path, before, after }: ChangedText): string | null {
  if (!path.endsWith('.rs') || before === null || after === null) return null
  const now = testModule(after)
  if (now === null) return null
  const old = testModule(before)
  const tests = after.slice(now.from, now.to)
  return old === null ? `${before}\n${tests}\n` : before.slice(0, old.from) + tests + before.slice(old.to)
}

function testModule(text: string): { readonly from: number; readonly to: number } | null {
  const { code } = blankSource(text, {
    ...cStyle,
    strings: [
      ['r#"', '"#'],
      ['"', '"'],
    ],
  })
  const head = /#\[cfg\(test\)\]\s*(?:#\[[^\]]*\]\s*)*(?:pub\s+)?mod\s+\w+\s*\{/.exec(code)
  return head === null ? null : { from: head.index, to: afterBracket(code, head.index + head[0].length - 1) }
}
