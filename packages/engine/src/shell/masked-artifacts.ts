import type { ArtifactStore } from '@gump/ledger'
import type { Masker } from './masker.js'

/** Artifacts whose texts are masked before they are written. Who streams into a file masks for themselves. */
export function maskedArtifacts(store: ArtifactStore, masker: Masker): ArtifactStore {
  return {
    ...store,
    write: (path, content, options) =>
      store.write(path, typeof content === 'string' ? masker.mask(content) : content, options),
  }
}
