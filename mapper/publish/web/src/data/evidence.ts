/** Gives back whole features from the packed chunks, and keeps the few that were read last. */

import { readBlock, rowOf, type Table } from "./blocks";
import type { Feature, Index, SetAside } from "./model";
import { restore, type WrittenChunk } from "./restore";

export const CHUNK = 1024;
const ASIDE_CHUNK = 4096;
const KEEP = 6;

export class Evidence {
  private readonly chunks = new Map<number, Promise<Feature[]>>();
  private readonly ready = new Map<number, Feature[]>();

  constructor(private readonly index: Index) {}

  /** The whole feature of one incident. */
  async feature(incident: number): Promise<Feature> {
    const features = await this.chunk(Math.floor(incident / CHUNK));
    const feature = features[incident % CHUNK];
    if (!feature) throw new Error(`no incident ${incident}`);
    return feature;
  }

  /** The feature, if its chunk happens to be read already. */
  loaded(incident: number): Feature | undefined {
    return this.ready.get(Math.floor(incident / CHUNK))?.[incident % CHUNK];
  }

  /** All features of one chunk. Chunks that were not used for long are let go. */
  chunk(number: number): Promise<Feature[]> {
    const known = this.chunks.get(number);
    this.chunks.delete(number);
    const chunk = known ?? this.read(number);
    this.chunks.set(number, chunk);
    for (const old of this.chunks.keys()) {
      if (this.chunks.size <= KEEP) break;
      this.chunks.delete(old);
      this.ready.delete(old);
    }
    return chunk;
  }

  /** Features of these incidents, in their order; each chunk is read once. */
  async *features(incidents: Iterable<number>): AsyncGenerator<Feature> {
    let at = -1;
    let features: Feature[] = [];
    for (const incident of incidents) {
      const chunk = Math.floor(incident / CHUNK);
      if (chunk !== at) {
        at = chunk;
        features = await this.chunk(chunk);
      }
      const feature = features[incident % CHUNK];
      if (feature) yield feature;
    }
  }

  private async read(number: number): Promise<Feature[]> {
    const written = await readBlock<WrittenChunk>(`chunk-${number}`);
    if (!written) throw new Error(`chunk ${number} is missing`);
    const features = restore(written, this.index, number * CHUNK);
    this.ready.set(number, features);
    return features;
  }
}

/** What was set aside, from record `from` on. */
export async function setAside(from: number, count: number): Promise<SetAside[]> {
  const found: SetAside[] = [];
  for (let at = from; at < from + count; ) {
    const table = await readBlock<Table>(`aside-${Math.floor(at / ASIDE_CHUNK)}`);
    if (!table) break;
    const first = at % ASIDE_CHUNK;
    const last = Math.min(table.length, first + from + count - at);
    if (last <= first) break;
    for (let i = first; i < last; i += 1) found.push(rowOf(table, i) as SetAside);
    at += last - first;
  }
  return found;
}
