// Suggestions while one types: commands with their hints, people, channels, emoji.

import { h, uniqueId } from "./dom.js";
import { emojiBeginning } from "./emoji.js";
import { avatar } from "./people.js";
import { placeNear } from "./popup.js";

const rules = [
  { pattern: /^\/([\w-]*)$/, find: findCommands },
  { pattern: /^\/([\w-]+) [\s\S]*$/, find: hintOfCommand },
  { pattern: /(?:^|[\s([])@([\w.-]*)$/, find: findUsers },
  { pattern: /(?:^|[\s([])~([\w-]*)$/, find: findChannels },
  { pattern: /(?:^|\s):([a-z0-9_+-]{2,})$/, find: findEmoji },
];

export class Completion {
  constructor(area, account, changed) {
    this.area = area;
    this.account = account;
    this.changed = changed;
    this.list = h("ul", { class: "popup options completion", role: "listbox", id: uniqueId("completion"), popover: "manual", "aria-label": "Suggestions" });
    this.offers = [];
    this.active = 0;
    this.asked = 0;
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.id);
    area.addEventListener("input", () => this.look());
    area.addEventListener("blur", () => this.close());
  }

  async look() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    const ask = ++this.asked;
    for (const { pattern, find } of rules) {
      const found = pattern.exec(before);
      if (!found) continue;
      const offers = await find(this.account, found[1], before).catch(() => []);
      if (ask === this.asked) this.show(offers, found[1]);
      return;
    }
    this.close();
  }

  show(offers, typed) {
    this.offers = offers;
    this.typed = typed;
    if (offers.length === 0 || document.activeElement !== this.area) return this.close();
    this.area.after(this.list);
    this.list.replaceChildren(...offers.map((offer, i) => this.offerElement(offer, i)));
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    placeNear(this.list, this.area.parentElement, { above: true });
    this.move(0);
  }

  offerElement(offer, i) {
    const props = { role: "option", id: `${this.list.id}-${i}`, "aria-selected": "false", class: offer.insert ? null : "hint-only" };
    const element = h("li", props, offer.sign, h("span", { class: "offer-text" }, offer.text, offer.hint && h("span", { class: "soft" }, offer.hint)), offer.note && h("small", { class: "soft" }, offer.note));
    element.addEventListener("pointerdown", (event) => event.preventDefault());
    element.addEventListener("click", () => this.take(i));
    return element;
  }

  move(to) {
    const elements = [...this.list.children];
    this.active = (to + elements.length) % elements.length;
    elements.forEach((element, i) => element.setAttribute("aria-selected", String(i === this.active && Boolean(this.offers[i].insert))));
    elements[this.active].scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", elements[this.active].id);
  }

  /** Handles a key while the list is open. Returns whether it did. */
  key(event) {
    if (!this.list.matches(":popover-open")) return false;
    const choosable = Boolean(this.offers[this.active]?.insert);
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown" && choosable) this.move(this.active + 1);
    else if (event.key === "ArrowUp" && choosable) this.move(this.active - 1);
    else if (choosable && (event.key === "Tab" || (event.key === "Enter" && !this.isWholeCommand()))) this.take(this.active);
    else return false;
    event.preventDefault();
    return true;
  }

  // A command that is typed out is run by Enter, not completed.
  isWholeCommand = () => this.offers[this.active].insert.trim() === `/${this.typed}`;

  take(i) {
    const offer = this.offers[i];
    if (!offer?.insert) return;
    const caret = this.area.selectionStart;
    const start = caret - this.typed.length - 1;
    this.area.setRangeText(offer.insert, start, caret, "end");
    this.close();
    this.changed();
    this.area.focus();
    this.look();
  }

  close() {
    this.asked++;
    this.area.removeAttribute("aria-activedescendant");
    if (this.list.isConnected && this.list.matches(":popover-open")) this.list.hidePopover();
  }
}

async function commandsOf(account) {
  if (!account.commandList || Date.now() - account.commandListAt > 60_000) {
    account.commandList = await account.api.commands(account.team.id);
    account.commandListAt = Date.now();
  }
  return account.commandList;
}

async function findCommands(account, typed) {
  const all = (await commandsOf(account)).filter((c) => c.auto_complete && c.trigger.startsWith(typed.toLowerCase()));
  return all.map((c) => ({ insert: `/${c.trigger} `, text: `/${c.trigger}`, hint: c.auto_complete_hint, note: c.auto_complete_desc || c.description }));
}

async function hintOfCommand(account, trigger) {
  const command = (await commandsOf(account)).find((c) => c.auto_complete && c.trigger === trigger.toLowerCase());
  return command?.auto_complete_hint ? [{ text: `/${command.trigger}`, hint: command.auto_complete_hint, note: command.auto_complete_desc }] : [];
}

async function findUsers(account, typed) {
  const found = await account.api.completeUsers(typed);
  const users = [...(found.users ?? []), ...(found.out_of_channel ?? [])].slice(0, 8);
  account.learnUsers(users);
  const offers = users.map((u) => ({ insert: `@${u.username} `, text: `@${u.username}`, note: u.is_bot ? "bot" : u.nickname, sign: avatar(u) }));
  const everyone = ["channel", "here"].filter((w) => typed && w.startsWith(typed)).map((w) => ({ insert: `@${w} `, text: `@${w}`, note: "everybody in this channel" }));
  return [...offers, ...everyone];
}

async function findChannels(account, typed) {
  const found = await account.api.completeChannels(account.team.id, typed);
  return found.slice(0, 8).map((c) => ({ insert: `~${c.name} `, text: c.display_name, note: `~${c.name}` }));
}

async function findEmoji(account, typed) {
  return emojiBeginning(typed).map(({ name, character }) => ({ insert: `${character} `, text: `${character} :${name}:` }));
}
