import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../home.ts";

interface Table {
  readonly label: string;
  readonly pit: string;
  readonly seats: number;
}

/** What the demo reads of a property's file; the database reads the whole of it. */
export interface Property {
  readonly code: string;
  readonly name: string;
  readonly tables: readonly Table[];
}

export interface StaffMember {
  readonly username: string;
  readonly displayName: string;
  readonly role: string;
}

/** One property of the demo: its file, its people, and how busy it is. */
export interface DemoProperty {
  readonly property: Property;
  readonly file: string;
  readonly text: string;
  readonly staff: readonly StaffMember[];
  readonly players: number;
  /** Rating slips that run at this moment. */
  readonly openSlips: number;
}

const folder = join(projectRoot, "db/seed");

const sizes = [
  { name: "harbor-point.json", players: 80, openSlips: 35 },
  { name: "silver-mesa.json", players: 25, openSlips: 8 },
];

/** The two properties of db/seed; two, so that it can be seen that neither sees the other. */
export function demoProperties(): DemoProperty[] {
  const staff = JSON.parse(readSeed("staff.json")) as Record<string, StaffMember[]>;
  return sizes.map(({ name, players, openSlips }) => {
    const text = readSeed(name);
    const property = JSON.parse(text) as Property;
    return { property, file: join(folder, name), text, staff: staff[property.code] ?? [], players, openSlips };
  });
}

export interface Names {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

export function demoNames(): Names {
  return JSON.parse(readSeed("names.json")) as Names;
}

function readSeed(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}
