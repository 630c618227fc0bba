/** Reads the inert data blocks of the page: JSON as it is, or gzip in base64. */

export interface Table {
  keys: string[];
  columns: unknown[][];
  length: number;
}

/** Bytes of a base64 text. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const native = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (native.fromBase64) return native.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

function inflate(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}

/** The bytes of a block that is not JSON; its text is let go. */
export async function readBytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const element = document.getElementById(`mapper-${name}`);
  const text = element?.textContent ?? "";
  element?.remove();
  return text === "" ? new Uint8Array() : new Uint8Array(await inflate(bytesOf(text)).arrayBuffer());
}

/** The value of a block, or null where the page has no such block. With `once`, its text is let go. */
export async function readBlock<T>(name: string, once = false): Promise<T | null> {
  const element = document.getElementById(`mapper-${name}`);
  if (!element) return null;
  const text = element.textContent ?? "";
  const packed = (element.getAttribute("type") ?? "").includes("gzip");
  if (once) element.remove();
  return JSON.parse(packed ? await inflate(bytesOf(text)).text() : text) as T;
}

/** One record of a table of columns. */
export function rowOf(table: Table, index: number): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  table.keys.forEach((key, column) => {
    row[key] = table.columns[column]?.[index];
  });
  return row;
}
