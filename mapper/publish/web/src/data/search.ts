/** Finds incidents by any words: at once in what the index holds, then in the quotes and sources. */

import { fold, skeleton } from "../text/fold";
import type { CodeLists, Coded, Feature, Index } from "./model";
import { CHUNK, type Evidence } from "./evidence";

interface Dictionary {
  folded: string[];
  /** Which entry (or entries) each incident has. */
  each: (incident: number, visit: (code: number) => boolean) => boolean;
  sounds?: string[];
}

export class Search {
  private titles: string[] | null = null;
  private known: Dictionary[] | null = null;

  constructor(
    private readonly index: Index,
    private readonly evidence: Evidence,
    private readonly labelOf: (kind: string, value: string) => string,
  ) {}

  /** What is searched at once; made when something is first looked for, not while the page opens. */
  private get dictionaries(): Dictionary[] {
    return (this.known ??= this.newDictionaries());
  }

  private newDictionaries(): Dictionary[] {
    const { index, labelOf } = this;
    const { coded, lists, places } = index;
    const placeWords = places.name.map((name, i) =>
      [name, places.admin1[i], places.country[i], ...(places.aliases[i] ?? [])].join(" \n "),
    );
    const placeSounds = places.name.map((name, i) => [name, ...(places.aliases[i] ?? [])].map(skeleton).join("\n"));
    return [
      {
        folded: placeWords.map(fold),
        sounds: placeSounds,
        each: (i, visit) => {
          const place = index.place[i] as number;
          return place >= 0 && visit(place);
        },
      },
      { ...ofCoded(coded.place_as_written), sounds: coded.place_as_written.names.map(skeleton) },
      ofCoded(coded.event_type, (value) => labelOf("event_type", value)),
      ofLists(lists.actors, (value) => labelOf("actors", value)),
      ofLists(lists.publishers),
      ofLists(lists.sites, (value) => labelOf("sites", value)),
    ];
  }

  /** Hits in titles, places, actors, kinds and publishers; null when there is nothing to look for. */
  quick(text: string): Uint8Array | null {
    const words = wordsOf(text);
    if (words.length === 0) return null;
    const hits = new Uint8Array(this.index.count).fill(1);
    this.titles ??= this.index.title.map(fold);
    const { dictionaries } = this;
    for (const word of words) {
      const sound = skeleton(word);
      const marked = dictionaries.map((dictionary) => markEntries(dictionary, word, sound));
      for (let i = 0; i < hits.length; i += 1) {
        if (!hits[i]) continue;
        const found =
          (this.titles[i] as string).includes(word) ||
          dictionaries.some((dictionary, d) => {
            const mark = marked[d];
            return mark ? dictionary.each(i, (code) => mark[code] === 1) : false;
          });
        if (!found) hits[i] = 0;
      }
    }
    return hits;
  }

  /**
   * Adds hits in quotes, titles of sources, authors and ids, chunk by chunk.
   * Stops when `signal` is aborted. Gives true when it went through to the end.
   */
  async deep(
    text: string,
    hits: Uint8Array,
    signal: AbortSignal,
    progress: (share: number, found: boolean) => void,
  ): Promise<boolean> {
    const words = wordsOf(text);
    const chunks = Math.ceil(this.index.count / CHUNK);
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const features = await this.evidence.chunk(chunk);
      if (signal.aborted) return false;
      let found = false;
      features.forEach((feature, row) => {
        const i = chunk * CHUNK + row;
        if (hits[i]) return;
        const hay = haystack(feature);
        if (words.every((word) => hay.includes(word))) {
          hits[i] = 1;
          found = true;
        }
      });
      progress((chunk + 1) / chunks, found);
    }
    return true;
  }
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(" ")
    .filter((word) => word !== "");
}

function haystack(feature: Feature): string {
  const { properties } = feature;
  const parts = [feature.id, properties.title, properties.place_as_written, properties.place_name, properties.place_id];
  parts.push(...properties.actors, properties.admin1);
  for (const source of properties.sources) parts.push(source.title ?? "", source.author ?? "", source.publisher ?? "");
  for (const claim of properties.claims) parts.push(claim.quote ?? "", ...(claim.reporters ?? []));
  for (const candidate of properties.candidates) parts.push(candidate.name ?? "");
  return fold(parts.join(" \n "));
}

function ofCoded(column: Coded, label: (value: string) => string = String): Dictionary {
  return {
    folded: column.names.map((name) => fold(`${name} ${label(name)}`)),
    each: (i, visit) => visit(column.codes[i] as number),
  };
}

function ofLists(list: CodeLists, label: (value: string) => string = String): Dictionary {
  return {
    folded: list.names.map((name) => fold(`${name} ${label(name)}`)),
    each: (i, visit) => {
      for (let at = list.offsets[i] as number; at < (list.offsets[i + 1] as number); at += 1) {
        if (visit(list.codes[at] as number)) return true;
      }
      return false;
    },
  };
}

/** Entries that contain the word; for names also those that sound like it. */
function markEntries(dictionary: Dictionary, word: string, sound: string): Uint8Array | null {
  const mark = new Uint8Array(dictionary.folded.length);
  let any = false;
  dictionary.folded.forEach((entry, code) => {
    const alike = sound.length >= 3 && dictionary.sounds?.[code]?.split(/[ \n]/u).includes(sound);
    if (entry.includes(word) || alike) {
      mark[code] = 1;
      any = true;
    }
  });
  return any ? mark : null;
}
