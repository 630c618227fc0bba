/** Elements are built from data by these two functions alone: text is text, never markup. */

type Child = Node | string | number | null | undefined | false;
type Props = {
  class?: string | undefined;
  text?: string | undefined;
  on?: Partial<{ [K in keyof HTMLElementEventMap]: (event: HTMLElementEventMap[K]) => void }>;
} & Record<string, unknown>;

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element. Keys other than `class`, `text` and `on` become attributes; false and null leave them out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = String(value);
    else if (key === "text") element.textContent = String(value);
    else if (key === "on") listen(element, value as NonNullable<Props["on"]>);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** Makes an SVG element. */
export function s(tag: string, props: Record<string, string | number> = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(props)) element.setAttribute(key, String(value));
  append(element, children);
  return element;
}

/** Text that may run in the other direction, kept from disturbing its surroundings. */
export function bdi(text: string, className?: string): HTMLElement {
  return h("bdi", { class: className, text, dir: "auto" });
}

/** Replaces the children of an element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
}

function listen(element: HTMLElement, handlers: NonNullable<Props["on"]>): void {
  for (const [name, handler] of Object.entries(handlers)) {
    if (handler) element.addEventListener(name, handler as EventListener);
  }
}
