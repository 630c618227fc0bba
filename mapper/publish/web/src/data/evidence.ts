/** Gives back whole features from the packed chunks, and keeps the few that were read last. */

import { readBlock, rowOf, type Table } from "./blocks";
import type { Claim, Feature, Index, Properties, SetAside, Source } from "./model";

export const CHUNK = 256;
const ASIDE_CHUNK = 1024;
const KEEP = 12;

interface WrittenChunk {
  geometry: (number[] | null)[];
  features: Table;
  sources: Table;
  claims: Table;
}

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
    const features = restore(written, (i) => this.index.id[number * CHUNK + i] ?? "");
    this.ready.set(number, features);
    return features;
  }
}

/** Undoes the packing of one chunk. */
export function restore(written: WrittenChunk, idOf: (row: number) => string): Feature[] {
  const sources = rows(written.sources) as unknown as Source[];
  const claims = (rows(written.claims) as unknown as Claim[]).map(withEnd);
  let claim = 0;
  return rows(written.features).map((row, i) => {
    const count = row["claims"] as number;
    const point = written.geometry[i];
    const properties = {
      ...row,
      sources: (row["sources"] as number[]).map((number) => sources[number] as Source),
      claims: claims.slice(claim, claim + count),
    } as unknown as Properties;
    claim += count;
    return {
      type: "Feature",
      id: idOf(i),
      geometry: point ? { type: "Point", coordinates: point } : null,
      properties,
    };
  });
}

/** Offsets count characters, not the halves of which JavaScript makes some of them. */
function withEnd(claim: Claim): Claim {
  if (claim.end !== null || typeof claim.quote !== "string") return claim;
  return { ...claim, end: (claim.start ?? 0) + [...claim.quote].length };
}

function rows(table: Table): Record<string, unknown>[] {
  return Array.from({ length: table.length }, (_, i) => rowOf(table, i));
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
