// The short codes that people and the product use; everything else is typed as the character itself.

const table = {
  alarm_clock: "⏰", ambulance: "🚑", arrow_down: "⬇️", arrow_right: "➡️", arrow_up: "⬆️", bar_chart: "📊", bell: "🔔",
  books: "📚", bulb: "💡", calendar: "📅", chart_with_downwards_trend: "📉", chart_with_upwards_trend: "📈",
  clap: "👏", clipboard: "📋", clock1: "🕐", construction: "🚧", dart: "🎯", exclamation: "❗", eyes: "👀", fire: "🔥",
  gear: "⚙️", grey_question: "❔", hammer_and_wrench: "🛠️", handshake: "🤝", heart: "❤️", heavy_check_mark: "✔️",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", information_source: "ℹ️", key: "🔑", large_blue_circle: "🔵",
  large_green_circle: "🟢", large_orange_circle: "🟠", large_yellow_circle: "🟡", link: "🔗", lock: "🔒", mag: "🔍",
  mega: "📣", memo: "📝", mute: "🔇", necktie: "👔", no_entry: "⛔", no_entry_sign: "🚫", ok_hand: "👌", package: "📦", paperclip: "📎", phone: "☎️",
  pray: "🙏", pushpin: "📌", question: "❓", raised_hands: "🙌", red_circle: "🔴", repeat: "🔁", rocket: "🚀",
  rotating_light: "🚨", round_pushpin: "📍", sleeping: "😴", slightly_smiling_face: "🙂", smile: "😄",
  sos: "🆘", sparkles: "✨", speech_balloon: "💬", star: "⭐", stopwatch: "⏱️", sunny: "☀️", tada: "🎉",
  pager: "📟", telephone_receiver: "📞", thinking: "🤔", thumbsdown: "👎", thumbsup: "👍", ticket: "🎫", timer_clock: "⏲️",
  warning: "⚠️", wave: "👋", white_check_mark: "✅", white_circle: "⚪", white_large_square: "⬜", wrench: "🔧", x: "❌", zap: "⚡", zzz: "💤",
  arrows_counterclockwise: "🔄",
  ballot_box_with_check: "☑️",
  building_construction: "🏗️",
  clock9: "🕘",
  compass: "🧭",
  fast_forward: "⏩",
  inbox_tray: "📥",
  leftwards_arrow_with_hook: "↩️",
  page_facing_up: "📄",
  raised_hand: "✋",
  raising_hand: "🙋",
  scales: "⚖️",
  notebook: "📓",
  electric_plug: "🔌",
  new: "🆕",
  "+1": "👍", "-1": "👎", "100": "💯",
};

/** The character for a short code, or undefined. */
export const emoji = (name) => (Object.hasOwn(table, name) ? table[name] : undefined);

/** Short codes that begin with what was typed. */
export const emojiBeginning = (start) =>
  Object.keys(table)
    .filter((name) => name.startsWith(start))
    .slice(0, 8)
    .map((name) => ({ name, character: table[name] }));
