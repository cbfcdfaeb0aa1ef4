// The page acts for one person at a time through /demo/api and redraws what changed.
"use strict";
const $ = (id) => document.getElementById(id);
const colours = ["#c2567a", "#7a6cd0", "#2f8a68", "#a8701c", "#3f7fb8"];
let people = [], me = 0, seen = {}, shown = "", commands = [], texts = null, tried = new Set(), bot = "";
// Whether the end of the chat is to be seen: after what one does oneself it always is.
let atEnd = true;
const toEnd = () => { if (atEnd) $("chat").scrollTop = $("chat").scrollHeight; };
let tongue = localStorage.getItem("tongue") ?? (navigator.language.startsWith("km") ? "km" : "en");
const say = (name) => texts?.words[name]?.[tongue] ?? name;

const call = async (action, body) => {
  if (body) atEnd = true;
  const options = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const answer = await fetch("/demo/api/" + action, options);
  return answer.ok ? answer.json() : null;
};
const make = (tag, text, cls) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (cls) node.className = cls;
  return node;
};
const key = (text, act, cls) => {
  const node = make("button", text, cls); node.type = "button"; node.onclick = act;
  return node;
};
const rest = (ms) => new Promise((done) => setTimeout(done, ms));
const icon = (name) => {
  const space = "http://www.w3.org/2000/svg";
  const node = document.createElementNS(space, "svg"), use = document.createElementNS(space, "use");
  use.setAttribute("href", "#i-" + name); node.setAttribute("aria-hidden", "true"); node.append(use);
  return node;
};

const address = /(?:https?:\/\/|\bt\.me\/)[^\s<>«»“”។]*[^\s<>«»“”។.,;:!?)\]]/gi;
const inTelegram = (url) => {
  const [, path, asked] = /^(?:https?:\/\/)?(?:t|telegram)\.me\/([\w\/]+)(?:\?(.*))?$/i.exec(url) ?? [];
  return { path: path?.toLowerCase(), told: new URLSearchParams(asked) };
};
// A link to this very bot opens in the chat, as one's own or as somebody else's.
function opening(url) {
  const { path, told } = inTelegram(url);
  return path === bot.toLowerCase() ? ("/start " + (told.get("start") ?? "")).trim() : null;
}
// What is passed on, and its link: Telegram would ask to whom.
function passedOn(url) {
  const { path, told } = inTelegram(url);
  return path === "share/url" ? { url: told.get("url") ?? "", text: told.get("text") ?? "" } : null;
}
const openedBy = (some, words) => some.map((person) => [
  "contact", say("as") + " " + person.name, async () => { await choose(person.id); send(words); },
]);
function linkOf(text, url) {
  const link = make("a", text), words = opening(url), passed = passedOn(url);
  link.href = /^(?:https?|tg|mailto|tel):/i.test(url) ? url : "https://" + url;
  link.rel = "noopener noreferrer"; link.target = "_blank";
  if (words) link.onclick = (event) => { event.preventDefault(); send(words); };
  if (passed) link.onclick = (event) => { event.preventDefault(); passOn(passed, link); };
  return link;
}
// There is nobody else to choose here than those who have a chat with the bot.
function passOn(passed, opener) {
  const words = opening(passed.url), others = people.filter((person) => person.id !== me);
  choose_from([
    ["copy", say("copy"), () => copy((passed.url + "\n" + passed.text).trim())],
    ...(words ? openedBy(others, words) : []),
  ], opener);
}
function linkTo(part, text, url) {
  const words = opening(url);
  part.append(linkOf(text, url));
  if (!words) return;
  const as = key(undefined, () => choose_from(openedBy(people, words), as), "as");
  as.append(icon("contact")); as.title = say("as"); as.setAttribute("aria-label", say("as"));
  part.append(as);
}
function plain(part, text) {
  let at = 0;
  for (const found of text.matchAll(address)) {
    part.append(text.slice(at, found.index));
    linkTo(part, found[0], found[0]);
    at = found.index + found[0].length;
  }
  part.append(text.slice(at));
}

// Entities have offsets in UTF-16 units, as JavaScript strings have.
const tags = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span" };
function render(text, entities, from, to) {
  const part = document.createDocumentFragment();
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    if (entity.offset > at) plain(part, text.slice(at, entity.offset));
    const end = entity.offset + entity.length, inner = [];
    while (entities.length && entities[0].offset < end) inner.push(entities.shift());
    if (entity.type === "text_link") linkTo(part, text.slice(entity.offset, end), entity.url);
    else {
      const node = make(tags[entity.type] || "span");
      if (entity.type === "expandable_blockquote") {
        node.className = "fold folded"; node.tabIndex = 0; node.setAttribute("role", "button");
        node.onclick = () => node.classList.toggle("folded");
        node.onkeydown = (event) => { if (event.key === "Enter") node.onclick(); };
      }
      node.append(render(text, inner, entity.offset, end));
      part.append(node);
    }
    at = end;
    if (tags[entity.type] === "blockquote") while (text[at] === "\n" && text[at + 1] === "\n") at += 1;
  }
  if (at < to) plain(part, text.slice(at, to));
  return part;
}
function sort(name, text) {
  const node = make("span", undefined, "sort");
  node.append(icon(name), text ?? say(name));
  return node;
}
function bubble(message) {
  const node = make("div", undefined, "bubble" + (message.from.is_bot ? "" : " mine"));
  const says = make("div", undefined, "says");
  if (message.forward_origin) says.append(sort("forward", say("forwarded")));
  if (message.via_bot) says.append(sort("search", say("via") + " @" + message.via_bot.username));
  if (message.photo && message.photo.at(-1).file_id !== "sent") {
    const image = make("img"); image.alt = say("picture"); image.onload = toEnd;
    image.src = "/demo/file/" + message.photo.at(-1).file_id; says.append(image);
  } else if (message.photo) says.append(sort("photo"));
  if (message.document) {
    const link = make("a"); link.append(sort("file", message.document.file_name));
    if (message.document.file_id !== "sent") {
      link.href = "/demo/file/" + message.document.file_id; link.download = message.document.file_name;
    }
    says.append(link);
  }
  for (const kind of ["sticker", "voice", "contact", "location"]) if (message[kind]) says.append(sort(kind));
  const text = message.text ?? message.caption ?? "";
  const entities = (message.entities ?? message.caption_entities ?? []).map((e) => ({ ...e }));
  says.append(render(text, entities, 0, text.length));
  const time = new Date(message.date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  says.append(make("time", (message.edit_date ? say("edited") + " " : "") + time));
  node.append(says);
  for (const row of message.reply_markup?.inline_keyboard ?? []) {
    const line = make("div", undefined, "row");
    for (const button of row) line.append(pressable(message, button));
    node.append(line);
  }
  return node;
}
// What a button does that is the telephone's own affair is done here: no tap reaches the bot.
function pressable(message, button) {
  const signed = (node, name) => { node.append(icon(name)); return node; };
  const words = button.switch_inline_query ?? button.switch_inline_query_current_chat;
  if (button.url) return signed(linkOf(button.text, button.url), passedOn(button.url) ? "forward" : "out");
  if (button.copy_text) return signed(key(button.text, () => copy(button.copy_text.text)), "copy");
  if (words !== undefined) return signed(key(button.text, () => searchFor(words)), "search");
  return key(button.text, () => tap(message.message_id, button.callback_data));
}
let toasted;
function toast(text) {
  $("toast").textContent = text; $("toast").classList.add("on");
  // Long enough to be read.
  clearTimeout(toasted); toasted = setTimeout(() => $("toast").classList.remove("on"), 2200 + 15 * text.length);
}
async function copy(text) {
  try { await navigator.clipboard.writeText(text); toast(say("copied") + " " + text); }
  catch { toast(text); } // where copying is not allowed, it can be read at least
}
async function tap(message_id, data) {
  const query = await call("tap", { person: me, message_id, data });
  for (let tries = 0; query && tries < 20; tries++) {
    await rest(150);
    const text = await call("toast?query=" + query);
    if (text === null) continue;
    if (text) toast(text);
    break;
  }
}
// “@bot words” searches as in any chat; what is tapped is sent in one's own name.
let searched = 0;
async function search() {
  const [, name, words] = /^\s*@(\w+)\s+([^]*)$/.exec($("text").value) ?? [], mine = ++searched;
  if (name?.toLowerCase() !== bot.toLowerCase()) { $("found").hidden = true; return; }
  await rest(300);
  // A search that the bot could not answer in time is let go, and asked again.
  for (let asks = 0; asks < 3 && mine === searched; asks++) {
    const query = await call("search", { person: me, text: words.trim() });
    for (let tries = 0; query && tries < 40 && mine === searched; tries++) {
      const found = await call("found?query=" + query);
      if (found && mine === searched) { showFound(query, found); return; }
      await rest(150);
    }
  }
  if (mine === searched) $("found").hidden = true;
}
function searchFor(words) {
  $("text").value = `@${bot} ${words}`; $("text").focus(); grow(); search();
}
function showFound(query, found) {
  const line = (what, act) => {
    const item = make("li"), node = key(undefined, () => { taken(); act(); });
    node.append(...what); item.append(node); return item;
  };
  const { button } = found;
  if (innerWidth < 1100) card(false);
  $("choices").hidden = true;
  $("found").replaceChildren(
    ...(button ? [line([make("em", button.text)], () => send("/start " + button.start_parameter))] : []),
    ...found.results.map((result) => line([make("strong", result.title), make("small", result.description)],
      () => call("choose", { person: me, query, result: result.id }))));
  $("found").hidden = !$("found").children.length; $("found").scrollTop = 0;
}
let asks = 0, drawn = 0;
async function draw() {
  // An answer that comes after the answer to a later request is out of date.
  const asked = ++asks, chat = await call("chat?person=" + me);
  if (!chat || asked < drawn) return;
  drawn = asked;
  const now = me + tongue + JSON.stringify(chat.messages);
  if (now !== shown) {
    const box = $("chat");
    shown = now;
    box.replaceChildren(...chat.messages.map(bubble));
    if (!chat.messages.length) {
      const empty = make("div", say("empty"), "empty");
      empty.append(make("br"), key(say("start"), () => send("/start"))); box.append(empty);
    }
    toEnd();
  }
  commands = chat.commands;
  seen[me] = chat.messages.length;
}
async function list() {
  people = await call("people") ?? people;
  const strip = document.querySelector(".people"), [left, top] = [strip.scrollLeft, strip.scrollTop];
  strip.replaceChildren(...people.map((person, place) => {
    const chip = key(undefined, () => choose(person.id)); chip.dataset.person = person.id;
    chip.setAttribute("aria-current", person.id === me);
    const face = make("i", person.name.slice(0, 1)); face.style.background = colours[place % colours.length];
    const name = make("span", person.name); name.append(make("small", say(person.role)));
    chip.append(face, name);
    if (person.id !== me && person.count > (seen[person.id] ?? 0)) chip.append(make("b", "", "new"));
    return chip;
  }));
  [strip.scrollLeft, strip.scrollTop] = [left, top];
  const self = people.find((person) => person.id === me);
  if (self) { $("as").textContent = self.name + " · " + say(self.role);
    $("block").textContent = say(self.blocked ? "unblock" : "block"); }
}
function card(open) {
  const self = people.find((person) => person.id === me), box = $("tries");
  const lines = texts?.tries[self?.role] ?? [];
  const head = make("h2", say("try")), close = key(undefined, () => card(false)), all = make("ul");
  close.append(icon("close")); close.setAttribute("aria-label", say("hide")); head.append(close);
  for (const line of lines) {
    const item = make("li");
    if (line.send) item.append(key(line.say[tongue], () => send(line.send)));
    else if (line.search) item.append(key(line.say[tongue], () => searchFor(line.search)));
    else item.append(line.say[tongue]);
    all.append(item);
  }
  box.replaceChildren(head, all);
  box.hidden = !open || !lines.length;
  $("try").setAttribute("aria-expanded", !box.hidden);
}
async function choose(id) {
  me = id; atEnd = true; $("choices").hidden = $("found").hidden = true; search();
  await draw(); await list();
  document.querySelector(".people [aria-current=true]")?.scrollIntoView({ inline: "center", block: "nearest" });
  card(!tried.has(id)); tried.add(id);
  toEnd();
  $("text").focus();
}
function choose_from(choices, opener) {
  const box = $("choices"), again = !box.hidden && box.opener === opener;
  box.opener = opener; box.hidden = again || !choices.length;
  // On a telephone there is room for one of the two.
  if (!box.hidden && innerWidth < 1100) card(false);
  if (!box.hidden) { $("found").hidden = true; searched++; }
  box.replaceChildren(...choices.map(([sign, text, act]) => {
    const item = make("li"), line = key(undefined, () => { box.hidden = true; act(); });
    line.append(sign.startsWith("/") ? make("em", sign) : icon(sign), text);
    item.append(line); return item;
  }));
}
async function send(text) { if (text.trim()) await call("send", { person: me, text }); }
function taken() {
  const text = $("text").value; $("text").value = ""; grow(); search();
  return text;
}
function grow() {
  const box = $("text"); box.style.height = "auto";
  box.style.height = box.scrollHeight + 2 + "px";
}
function read(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]); reader.onerror = failed;
    reader.readAsDataURL(file);
  });
}
async function sendFiles(input, action) {
  const files = [...input.files], person = me, album = files.length > 1 ? String(Date.now()) : "";
  let caption = files.length ? taken() : "";
  for (const file of files) {
    await call(action, { person, name: file.name, data: await read(file), caption, album });
    caption = "";
  }
  input.value = "";
}
function speak() {
  document.documentElement.lang = tongue;
  for (const [id, name] of [["menu", "commands"], ["attach", "attach"], ["send", "send"], ["try", "try"],
    ["tongue", "change"]]) {
    $(id).title = say(name); $(id).setAttribute("aria-label", say(name));
  }
  $("text").setAttribute("aria-label", say("message")); $("text").placeholder = say("write");
  $("chat").setAttribute("aria-label", say("chat")); $("found").setAttribute("aria-label", say("found"));
  $("bot").textContent = say("bot");
  document.querySelector(".people").setAttribute("aria-label", say("people"));
  $("tongue").textContent = say("other");
}
// A wheel or a finger leaves the end, or comes back to it; what the page itself does is no choice.
for (const moved of ["wheel", "touchmove", "keyup", "pointerup"]) {
  $("chat").addEventListener(moved, () => requestAnimationFrame(() => {
    const box = $("chat");
    atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 160;
  }), { passive: true });
}
$("composer").onsubmit = (event) => { event.preventDefault(); send(taken()); };
$("text").oninput = () => { grow(); search(); };
$("text").onkeydown = (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault(); send(taken());
};
const media = (kind) => [kind, say(kind), () => call("media", { person: me, kind, caption: "" })];
$("attach").onclick = () => choose_from([
  ["photo", say("photo"), () => $("photos").click()],
  ["file", say("file"), () => $("file").click()],
  media("voice"), media("sticker"), media("contact"), media("location"),
  ["forward", say("forward"), () => call("forward", { person: me, text: taken().trim() || say("empty") })],
  ["lines", say("lines"), () => { $("text").setRangeText("\n", $("text").selectionStart, $("text").selectionEnd, "end");
    $("text").focus(); grow(); }],
], "attach");
$("photos").onchange = () => sendFiles($("photos"), "picture");
$("file").onchange = () => sendFiles($("file"), "file");
$("menu").onclick = () => choose_from(commands.map((command) => [
  "/" + command.command, command.description, () => send("/" + command.command),
]), "menu");
$("try").onclick = () => { $("choices").hidden = $("found").hidden = true; card($("tries").hidden); };
$("tongue").onclick = async () => {
  tongue = tongue === "km" ? "en" : "km"; localStorage.setItem("tongue", tongue);
  speak(); await draw(); await list(); card(!$("tries").hidden);
};
$("block").onclick = async () => {
  const self = people.find((person) => person.id === me);
  await call("block", { person: me, blocked: !self.blocked }); list();
};
(async () => {
  [texts, bot] = await Promise.all([call("words"), call("bot")]); speak();
  await list();
  for (const person of people) seen[person.id] = person.count;
  await choose(Number(new URLSearchParams(location.search).get("person")) || people[0].id);
  // What came before the stream was open, or while it was broken off, is fetched when it opens.
  const stream = new EventSource("/demo/api/events");
  stream.onopen = stream.onmessage = async () => { await draw(); await list(); };
})();
