interface Leaf<V> {
  readonly key: string
  readonly hash: number
  /** Its place in the order in which keys were added. */
  readonly at: number
  readonly value: V
}
interface Branch<V> {
  /** Which of the 32 slots are taken. */
  readonly bits: number
  readonly slots: readonly Slot<V>[]
}
/** Keys with the same hash. */
interface Bucket<V> {
  readonly same: readonly Leaf<V>[]
}
type Slot<V> = Leaf<V> | Branch<V> | Bucket<V>

const width = 5
const deepest = 30

/**
 * A map that never changes: `set` returns another one, which shares with it all that is the same. Reading and setting take
 * the same time however many entries there are (a trie of hashes, 32 ways at each level).
 */
export class PersistentMap<V> {
  readonly size: number
  private readonly root: Slot<V>

  private constructor(root: Slot<V>, size: number) {
    this.root = root
    this.size = size
  }

  private static readonly nothing: PersistentMap<never> = new PersistentMap<never>({ bits: 0, slots: [] }, 0)

  /** The map without entries. */
  static empty<V>(): PersistentMap<V> {
    return PersistentMap.nothing
  }

  get(key: string): V | undefined {
    return find(this.root, key, hashOf(key))?.value
  }

  has(key: string): boolean {
    return find(this.root, key, hashOf(key)) !== undefined
  }

  /** The same map when the key has this very value already. */
  set(key: string, value: V): PersistentMap<V> {
    const hash = hashOf(key)
    const known = find(this.root, key, hash)
    if (known !== undefined && Object.is(known.value, value)) return this
    const leaf = { key, hash, at: known?.at ?? this.size, value }
    return new PersistentMap(insert(this.root, leaf, 0), known === undefined ? this.size + 1 : this.size)
  }

  /** Every value changed; the same map when none is another. */
  map(change: (value: V, key: string) => V): PersistentMap<V> {
    const root = mapSlot(this.root, change)
    return root === this.root ? this : new PersistentMap(root, this.size)
  }

  /** In the order of a record: whole numbers first, by size, then the others as they were added. */
  entries(): readonly (readonly [string, V])[] {
    const leaves: Leaf<V>[] = []
    gather(this.root, leaves)
    return leaves.toSorted(inOrder).map(({ key, value }) => [key, value] as const)
  }

  keys(): readonly string[] {
    return this.entries().map(([key]) => key)
  }

  values(): readonly V[] {
    return this.entries().map(([, value]) => value)
  }

  /** The keys whose values are not the same in another map; takes as long as there are differences. */
  differences(other: PersistentMap<V>): ReadonlySet<string> {
    const found = new Set<string>()
    compare(this.root, other.root, found)
    return found
  }
}

/** FNV-1a: short, and even enough for names. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  }
  return (hash ^ (hash >>> 15)) | 0
}

function slotIndex(bits: number, bit: number): number {
  let below = bits & (bit - 1)
  below -= (below >>> 1) & 0x55555555
  below = (below & 0x33333333) + ((below >>> 2) & 0x33333333)
  return Math.imul((below + (below >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function bitOf(hash: number, shift: number): number {
  return 1 << ((hash >>> shift) & 31)
}

function find<V>(root: Slot<V>, key: string, hash: number): Leaf<V> | undefined {
  let slot: Slot<V> | undefined = root
  for (let shift = 0; slot !== undefined; shift += width) {
    if ('key' in slot) return slot.key === key ? slot : undefined
    if ('same' in slot) return slot.same.find((leaf) => leaf.key === key)
    const bit = bitOf(hash, shift)
    slot = (slot.bits & bit) === 0 ? undefined : slot.slots[slotIndex(slot.bits, bit)]
  }
  return undefined
}

function insert<V>(slot: Slot<V> | undefined, leaf: Leaf<V>, shift: number): Slot<V> {
  if (slot === undefined) return leaf
  if ('key' in slot) return slot.key === leaf.key ? leaf : split([slot, leaf], shift)
  if ('same' in slot) {
    const others = slot.same.filter(({ key }) => key !== leaf.key)
    return { same: [...others, leaf] }
  }
  const bit = bitOf(leaf.hash, shift)
  const index = slotIndex(slot.bits, bit)
  const taken = (slot.bits & bit) !== 0
  const slots = slot.slots.toSpliced(
    index,
    taken ? 1 : 0,
    insert(taken ? slot.slots[index] : undefined, leaf, shift + width),
  )
  return { bits: slot.bits | bit, slots }
}

function split<V>(leaves: readonly Leaf<V>[], shift: number): Slot<V> {
  if (shift > deepest) return { same: leaves }
  return leaves.reduce<Slot<V>>((branch, leaf) => insert(branch, leaf, shift), { bits: 0, slots: [] })
}

function mapSlot<V>(slot: Slot<V>, change: (value: V, key: string) => V): Slot<V> {
  if ('key' in slot) {
    const value = change(slot.value, slot.key)
    return Object.is(value, slot.value) ? slot : { ...slot, value }
  }
  if ('same' in slot) return { same: slot.same.map((leaf) => mapSlot(leaf, change) as Leaf<V>) }
  const slots = slot.slots.map((inner) => mapSlot(inner, change))
  return slots.every((inner, index) => inner === slot.slots[index]) ? slot : { ...slot, slots }
}

function gather<V>(slot: Slot<V> | undefined, into: Leaf<V>[]): void {
  if (slot === undefined) return
  if ('key' in slot) into.push(slot)
  else for (const inner of 'same' in slot ? slot.same : slot.slots) gather(inner, into)
}

function numberOf(key: string): number {
  return /^(?:0|[1-9]\d{0,8})$/.test(key) ? Number(key) : Infinity
}

function inOrder<V>(a: Leaf<V>, b: Leaf<V>): number {
  const [first, second] = [numberOf(a.key), numberOf(b.key)]
  return first === second ? a.at - b.at : first - second
}

function compare<V>(a: Slot<V> | undefined, b: Slot<V> | undefined, found: Set<string>): void {
  if (a === b) return
  if (a !== undefined && b !== undefined && 'bits' in a && 'bits' in b) {
    const either = a.bits | b.bits
    for (let bit = 1, n = 0; n < 32; bit <<= 1, n += 1) {
      if ((either & bit) === 0) continue
      compare(at(a, bit), at(b, bit), found)
    }
    return
  }
  const [ours, theirs]: [Leaf<V>[], Leaf<V>[]] = [[], []]
  gather(a, ours)
  gather(b, theirs)
  const known = new Map(theirs.map((leaf) => [leaf.key, leaf]))
  for (const leaf of ours) {
    const other = known.get(leaf.key)
    if (other === undefined || !Object.is(other.value, leaf.value)) found.add(leaf.key)
    known.delete(leaf.key)
  }
  for (const key of known.keys()) found.add(key)
}

function at<V>({ bits, slots }: Branch<V>, bit: number): Slot<V> | undefined {
  return (bits & bit) === 0 ? undefined : slots[slotIndex(bits, bit)]
}
