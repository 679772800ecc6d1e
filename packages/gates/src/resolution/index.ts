import type { Ecosystem } from '../commands/ecosystem.js'
import { dotnet } from './dotnet.js'
import { deno } from './deno.js'
import { cpp } from './cpp.js'
import { swift } from './swift.js'
import { zig } from './zig.js'
import { elixir } from './elixir.js'
import { go } from './go.js'
import { java } from './java.js'
import { just } from './just.js'
import { make } from './make.js'
import { node } from './node.js'
import { php } from './php.js'
import { python } from './python.js'
import { ruby } from './ruby.js'
import { rust } from './rust.js'

/** Every ecosystem Gump knows, in the order in which a folder that has several is asked. */
export const ecosystems: readonly Ecosystem[] = [
  go,
  node,
  rust,
  python,
  java,
  dotnet,
  ruby,
  php,
  elixir,
  deno,
  swift,
  zig,
  cpp,
  make,
  just,
]
