import { isDay, isHour } from "@/look/day";
import type { Fact, Stated } from "../nouns";

/** What was typed, read; or what is wrong with it, in words. */
export type Read<T> = { value: T; wrong?: undefined } | { value?: undefined; wrong: string };

const NUMBER = /^[-−+]?(\d+(\.\d*)?|\.\d+)$/;
const UNITLESS = new Set(["-", "", "share"]);

/** A number as typed: decimal point, the fact's own unit or none, within its range and on its steps. */
export function readNumber(typed: string, fact: Pick<Fact, "unit" | "from" | "to" | "step" | "kind">): Read<number> {
  const unit = UNITLESS.has(fact.unit) ? "" : fact.unit;
  const bare = withoutUnit(typed.trim(), unit);
  if (bare.includes(",")) return { wrong: `Write a decimal point, not a comma: ${bare.replace(",", ".")}` };
  const other = /^[-−+]?[\d.]+\s*([^\d\s.].*)$/.exec(bare);
  if (other) return { wrong: unit ? `This is in ${unit}; write the number in ${unit}.` : "Write the number alone." };
  if (!NUMBER.test(bare)) return { wrong: "Write a number." };
  const value = Number(bare.replace("−", "-"));
  if (fact.kind === "whole number" && !Number.isInteger(value)) return { wrong: "Write a whole number." };
  return inRange(value, fact, unit);
}

function withoutUnit(typed: string, unit: string): string {
  return unit && typed.toLowerCase().endsWith(unit.toLowerCase()) ? typed.slice(0, -unit.length).trim() : typed;
}

function inRange(value: number, fact: Pick<Fact, "from" | "to" | "step">, unit: string): Read<number> {
  const { from, to, step } = fact;
  if ((from !== null && value < from) || (to !== null && value > to)) {
    return { wrong: `Plausible is ${rangeOf(fact)}${unit && ` ${unit}`}. Check the unit.` };
  }
  const steps = step === null ? 0 : (value - (from ?? 0)) / step;
  if (Math.abs(steps - Math.round(steps)) > 1e-9) return { wrong: `Write it in steps of ${step}.` };
  return { value };
}

/** The plausible range in words: "0 to 100". */
export function rangeOf({ from, to }: Pick<Fact, "from" | "to">): string {
  const said = (number: number) => String(number).replace("-", "−");
  if (from !== null && to !== null) return `${said(from)} to ${said(to)}`;
  if (from !== null) return `${said(from)} or more`;
  return to === null ? "" : `${said(to)} or less`;
}

/** What was typed or chosen for a fact, as the case holds it. */
export function readStated(typed: string, fact: Fact): Read<Stated> {
  if (fact.many) {
    const words = typed.split(",").map((each) => each.trim()).filter(Boolean);
    const strange = Array.isArray(fact.kind) ? words.find((each) => !fact.kind.includes(each)) : undefined;
    return strange ? { wrong: `${strange} is not one of them.` } : { value: words };
  }
  if (typed.trim() === "") return { wrong: "Nothing is written: unknown stays unknown." };
  if (Array.isArray(fact.kind)) return fact.kind.includes(typed) ? { value: typed } : { wrong: "Choose one of them." };
  switch (fact.kind) {
    case "true or false": return typed === "yes" || typed === "no" ? { value: typed === "yes" } : { wrong: "Choose yes or no." };
    case "number":
    case "whole number": return readNumber(typed, fact);
    case "a day": return isDay(typed) ? { value: typed } : { wrong: "Write a day, as 2026-11-20." };
    case "a day and hour": return readHour(typed.trim().replace(" ", "T"));
    default: return { value: typed.trim() };
  }
}

const readHour = (typed: string): Read<Stated> => (isHour(typed) ? { value: typed } : { wrong: "Write day and hour, as 2026-11-20 14:30." });

/** A value of the case as somebody would type it. */
export function typedOf(value: Stated | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

const FEWEST_LETTERS = 10;

/** What is wrong with a typed reason; empty where it says something. The server judges it again. */
export function wrongReason(typed: string): string {
  const letters = [...typed.toLowerCase()].filter((each) => /\p{L}/u.test(each));
  if (letters.length < FEWEST_LETTERS || new Set(letters).size < 5) return "Write in a sentence why: the board reads it.";
  return typed.length > 2000 ? "Write at most 2000 letters." : "";
}
