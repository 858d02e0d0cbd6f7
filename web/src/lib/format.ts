import { locale } from "./locale.ts";

// Numbers arrive as text (bigint and numeric) and leave as text: Intl formats the exact decimal,
// nothing here ever becomes a floating-point number.

type Decimal = `${number}`;

const decimal = (text: string): Decimal => text as Decimal;

const points = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const signedPoints = new Intl.NumberFormat(locale, {
  maximumFractionDigits: 0,
  signDisplay: "exceptZero",
});
const money = new Intl.NumberFormat(locale, { style: "currency", currency: "USD" });
const roundMoney = new Intl.NumberFormat(locale, {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 0,
});

const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });

const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });

/** A figure of a calculation, with every decimal that it has. */
export function formatExact(text: string): string {
  return exact.format(decimal(text));
}

export function formatPoints(text: string): string {
  return points.format(decimal(text));
}

export function formatSignedPoints(text: string): string {
  return signedPoints.format(decimal(text));
}

export function formatMoney(text: string): string {
  return money.format(decimal(text));
}

/** A bet, without ".00" when it is whole dollars: boards are read at a glance. */
export function formatBet(text: string): string {
  return /^-?\d+(\.0*)?$/.test(text) ? roundMoney.format(decimal(text)) : formatMoney(text);
}

/** "0.15" → "15%". */
export function formatShare(text: string): string {
  return share.format(decimal(text));
}

/** "1 entry", "2,000 entries". */
export function formatNumberOf(text: string, one: string, many: string): string {
  return `${formatPoints(text)} ${text === "1" ? one : many}`;
}

export function formatCount(count: number): string {
  return points.format(count);
}

export function formatDateTime(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(iso));
}

/** A moment that may be years away. */
export function formatMoment(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(iso));
}

/** The beginning of something in force; the first of all has always been. */
export function formatSince(iso: string, timeZone: string): string {
  return iso.startsWith("-") ? "the beginning" : formatMoment(iso, timeZone);
}

export function formatTime(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(iso));
}

/** A date without a time, such as a gaming day or a birth date ("2026-03-08"). */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    weekday: "short",
    month: "short",
    day: "numeric",
    year: "numeric",
  }).format(new Date(`${day}T00:00:00Z`));
}

export function formatDate(day: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    month: "short",
    day: "numeric",
    year: "numeric",
  }).format(new Date(`${day}T00:00:00Z`));
}

/** 4215 → "1:10:15". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = String(Math.floor((whole % 3600) / 60)).padStart(2, "0");
  const rest = String(whole % 60).padStart(2, "0");
  return `${hours}:${minutes}:${rest}`;
}

/** "GAMEPLAY" → "Gameplay", "floor_supervisor" → "Floor supervisor". */
export function humanize(code: string): string {
  const words = code.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A time on this device's clock, before it is known where the person works. */
export function formatLocalTime(date: Date): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(date);
}
