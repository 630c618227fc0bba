/** Colours of the base map, which is drawn on a canvas and so cannot take them from the style sheet. */

export interface Palette {
  sea: string;
  land: string;
  coast: string;
  border: string;
  grid: string;
  gridText: string;
  halo: string;
  dot: string;
  /** Of names, by how much they matter. */
  country: string;
  area: string;
  water: string;
  city: string;
  town: string;
  village: string;
}

export const LIGHT: Palette = {
  sea: "#dde6ea",
  land: "#f6f3ec",
  coast: "#9db0ba",
  border: "#a79f92",
  grid: "#c9d3d8",
  gridText: "#5b6b75",
  halo: "rgba(250, 248, 243, 0.9)",
  dot: "#7a736a",
  country: "#5c5548",
  area: "#6a6253",
  water: "#4d6a78",
  city: "#3a3f44",
  town: "#4a5056",
  village: "#565d64",
};

export const DARK: Palette = {
  sea: "#10161b",
  land: "#232a30",
  coast: "#4d5d68",
  border: "#6b6a62",
  grid: "#2d373e",
  gridText: "#93a2ac",
  halo: "rgba(26, 31, 36, 0.9)",
  dot: "#a8a298",
  country: "#c9c2b4",
  area: "#b5ae9f",
  water: "#8fb3c4",
  city: "#e4e7ea",
  town: "#ccd2d7",
  village: "#b9c1c8",
};

/** Where the reader's system is dark, the screen is; paper never is. */
export const darkScreen = (): MediaQueryList => window.matchMedia("screen and (prefers-color-scheme: dark)");
