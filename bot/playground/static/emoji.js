// The emoji that messages of apps use, by Slack's short names. An unknown name stays as it was written.

const EMOJI = {
  warning: "⚠️", eyes: "👀", wave: "👋", tada: "🎉", bulb: "💡", mag: "🔍", mag_right: "🔎", bell: "🔔", no_bell: "🔕", star: "⭐", star2: "🌟",
  sparkles: "✨", white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", information_source: "ℹ️", question: "❓", exclamation: "❗", grey_question: "❔",
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", clap: "👏", pray: "🙏", ok_hand: "👌", raised_hands: "🙌", point_right: "👉", point_down: "👇",
  smile: "😄", slightly_smiling_face: "🙂", simple_smile: "🙂", grin: "😁", joy: "😂", thinking_face: "🤔", sweat_smile: "😅", cry: "😢", neutral_face: "😐",
  robot_face: "🤖", fire: "🔥", rocket: "🚀", boom: "💥", bug: "🐛", wrench: "🔧", hammer_and_wrench: "🛠️", gear: "⚙️", link: "🔗", lock: "🔒", key: "🔑",
  calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️", clock9: "🕘", alarm_clock: "⏰", hourglass: "⌛", stopwatch: "⏱️", inbox_tray: "📥",
  outbox_tray: "📤", package: "📦", memo: "📝", pencil: "📝", pencil2: "✏️", books: "📚", book: "📖", bookmark: "🔖", pushpin: "📌", round_pushpin: "📍",
  tv: "📺", movie_camera: "🎥", clapper: "🎬", arrow_forward: "▶️", headphones: "🎧", microphone: "🎤", loudspeaker: "📢", mega: "📣", speech_balloon: "💬",
  email: "✉️", incoming_envelope: "📨", chart_with_upwards_trend: "📈", bar_chart: "📊", moneybag: "💰", credit_card: "💳", receipt: "🧾", ticket: "🎫",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", heavy_plus_sign: "➕", heavy_minus_sign: "➖", new: "🆕", zzz: "💤", heart: "❤️",
  red_circle: "🔴", large_yellow_circle: "🟡", large_green_circle: "🟢", large_blue_circle: "🔵", white_circle: "⚪", no_entry: "⛔", rotating_light: "🚨",
};

/** `:warning:` as the character; what is not known stays. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (written, name) => EMOJI[name] ?? written);

/** One emoji of a rich text, by its name and its code points. */
export const emojiOf = (name, unicode) =>
  unicode ? String.fromCodePoint(...unicode.split("-").map((code) => parseInt(code, 16))) : (EMOJI[name] ?? `:${name}:`);
