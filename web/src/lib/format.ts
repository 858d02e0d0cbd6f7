import { words } from "../words/words.ts";
import { serverTime } from "./clock.ts";
import { perLocale } from "./locale.ts";

// Numbers arrive as text (bigint and numeric) and leave as text: Intl formats the exact decimal,
// nothing here ever becomes a floating-point number.

type Decimal = `${number}`;

const decimal = (text: string): Decimal => text as Decimal;

const t = words("common");
const number = (options: Intl.NumberFormatOptions) => perLocale((locale) => new Intl.NumberFormat(locale, options));

const points = number({ maximumFractionDigits: 0 });
const signedPoints = number({ maximumFractionDigits: 0, signDisplay: "exceptZero" });
const money = number({ style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" });
const roundMoney = number({
  style: "currency",
  currency: "USD",
  currencyDisplay: "narrowSymbol",
  minimumFractionDigits: 0,
});
const exactMoney = number({
  style: "currency",
  currency: "USD",
  currencyDisplay: "narrowSymbol",
  maximumFractionDigits: 20,
});
const share = number({ style: "percent", maximumFractionDigits: 2 });
const exact = number({ maximumFractionDigits: 20 });
const compact = number({ notation: "compact", maximumFractionDigits: 1 });
const compactMoney = number({
  style: "currency",
  currency: "USD",
  currencyDisplay: "narrowSymbol",
  notation: "compact",
  minimumFractionDigits: 0,
  maximumFractionDigits: 1,
});

/** Formatters of a kind, one for each time zone. */
function moments(options: Intl.DateTimeFormatOptions) {
  const inLocale = perLocale((locale) => {
    const zones = new Map<string | undefined, Intl.DateTimeFormat>();
    return (timeZone: string | undefined) => {
      let known = zones.get(timeZone);
      if (!known) {
        known = new Intl.DateTimeFormat(locale, { timeZone, ...options });
        zones.set(timeZone, known);
      }
      return known;
    };
  });
  return (date: Date, timeZone?: string) => inLocale()(timeZone).format(date);
}

const time = { hour: "numeric", minute: "2-digit" } as const;
const monthAndDay = { month: "short", day: "numeric" } as const;
const asDateTime = moments({ ...monthAndDay, ...time });
const asMoment = moments({ year: "numeric", ...monthAndDay, ...time });
const asYear = moments({ year: "numeric" });
const asTime = moments(time);
const asDay = moments({ weekday: "short", ...monthAndDay, year: "numeric" });
const asDate = moments({ ...monthAndDay, year: "numeric" });
const asShortDay = moments(monthAndDay);

/** The mark of a chart's axis: "12K". */
export function formatCompact(value: number): string {
  return compact().format(value);
}

/** "$12K" */
export function formatCompactMoney(value: number): string {
  return compactMoney().format(value);
}

/** "Mar 8", for a chart's axis. */
export function formatShortDay(day: string): string {
  return asShortDay(new Date(`${day}T00:00:00Z`), "UTC");
}

/** A figure of a calculation, with every decimal that it has. */
export function formatExact(text: string): string {
  return exact().format(decimal(text));
}

/** Dollars of a calculation, with every decimal that they have. */
export function formatExactMoney(text: string): string {
  return exactMoney().format(decimal(text));
}

export function formatPoints(text: string): string {
  return points().format(decimal(text));
}

export function formatSignedPoints(text: string): string {
  return signedPoints().format(decimal(text));
}

export function formatMoney(text: string): string {
  return money().format(decimal(text));
}

/** A bet, without ".00" when it is whole dollars: boards are read at a glance. */
export function formatBet(text: string): string {
  return /^-?\d+(\.0*)?$/.test(text) ? roundMoney().format(decimal(text)) : formatMoney(text);
}

/** "0.15" → "15%". */
export function formatShare(text: string): string {
  return share().format(decimal(text));
}

export function formatCount(count: number): string {
  return points().format(count);
}

/** With the year unless it is the running one there. */
export function formatDateTime(iso: string, timeZone: string): string {
  const date = new Date(iso);
  return isOfThisYear(date, timeZone) ? asDateTime(date, timeZone) : asMoment(date, timeZone);
}

function isOfThisYear(date: Date, timeZone: string): boolean {
  return asYear(date, timeZone) === asYear(new Date(serverTime()), timeZone);
}

/** The day of a moment there, with the year unless it is the running one. */
export function formatMomentDay(iso: string, timeZone: string): string {
  const date = new Date(iso);
  return isOfThisYear(date, timeZone) ? asShortDay(date, timeZone) : asDate(date, timeZone);
}

/** A moment that may be years away. */
export function formatMoment(iso: string, timeZone: string): string {
  return asMoment(new Date(iso), timeZone);
}

/** The beginning of something in force; the first of all has always been. */
export function formatSince(iso: string, timeZone: string): string {
  return iso.startsWith("-") ? t("theBeginning") : formatMoment(iso, timeZone);
}

export function formatTime(iso: string, timeZone: string): string {
  return asTime(new Date(iso), timeZone);
}

/** An hour of the day: "13" → "1:00 PM". */
export function formatHour(hour: string): string {
  return asTime(new Date(`1970-01-01T${hour}:00:00Z`), "UTC");
}

/** A date without a time, such as a gaming day or a birth date ("2026-03-08"). */
export function formatDay(day: string): string {
  return asDay(new Date(`${day}T00:00:00Z`), "UTC");
}

export function formatDate(day: string): string {
  return asDate(new Date(`${day}T00:00:00Z`), "UTC");
}

/** 4215 → "1:10:15". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = String(Math.floor((whole % 3600) / 60)).padStart(2, "0");
  const rest = String(whole % 60).padStart(2, "0");
  return `${hours}:${minutes}:${rest}`;
}

/** "GOLD" → "Gold": for names that are the property's own, such as its tiers. */
export function humanize(code: string): string {
  const words = code.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A time on this device's clock, before it is known where the person works. */
export function formatLocalTime(date: Date): string {
  return asTime(date);
}
