// Moments as the person who acts reads them: in their own time zone.

import { me } from "./state.js";

const zone = () => me()?.tz ?? "UTC";
const format = (seconds, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone(), ...options }).format(new Date(seconds * 1000));

/** `16:05` */
export const clockTime = (seconds) => format(seconds, { hour: "2-digit", minute: "2-digit" });

/** `Saturday, 21 November` */
export const dayName = (seconds) => format(seconds, { weekday: "long", day: "numeric", month: "long" });

/** `Sat 21 Nov 2026, 16:05` */
export const moment = (seconds) =>
  `${format(seconds, { weekday: "short", day: "numeric", month: "short", year: "numeric" }).replace(",", "")}, ${clockTime(seconds)}`;

const TOKENS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

function pretty(seconds, now, options) {
  const day = (at) => format(at, { year: "numeric", month: "2-digit", day: "2-digit" });
  for (const [name, off] of [["today", 0], ["yesterday", -86_400], ["tomorrow", 86_400]]) if (day(seconds) === day(now + off)) return name;
  return format(seconds, options);
}

function ago(seconds, now) {
  const [amount, unit] = [[86_400, "day"], [3_600, "hour"], [60, "minute"], [1, "second"]].map(([size, name]) => [Math.trunc((seconds - now) / size), name])
    .find(([count, name]) => count !== 0 || name === "second");
  return new Intl.RelativeTimeFormat("en-GB").format(amount, unit);
}

/** `<!date^…>`: the template with its tokens filled in. `now` is the playground's time. */
export function dateText(seconds, template, now) {
  return template.replace(/\{(\w+)\}/g, (written, name) => {
    if (name === "ago") return ago(seconds, now);
    if (name.endsWith("_pretty")) return pretty(seconds, now, TOKENS[name.slice(0, -7)] ?? TOKENS.date);
    return TOKENS[name] ? format(seconds, TOKENS[name]) : written;
  });
}
