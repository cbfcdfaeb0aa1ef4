// The page acts for one person at a time through /demo/api and redraws what changed.
"use strict";
const $ = (id) => document.getElementById(id);
const colours = ["#d9698a", "#7a6cd0", "#3c9a76", "#c98a2b", "#4b8bc4"];
let people = [], me = 0, seen = {}, shown = "", bot = "";

const call = async (action, body) => {
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

// Entities have offsets in UTF-16 units, as JavaScript strings have.
const tags = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", text_link: "a", spoiler: "span" };
function render(text, entities, from, to) {
  const part = document.createDocumentFragment();
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    if (entity.offset > at) part.append(text.slice(at, entity.offset));
    const end = entity.offset + entity.length;
    const node = make(tags[entity.type] || "span");
    if (entity.type === "text_link") link(node, entity.url);
    if (entity.type === "expandable_blockquote") {
      node.className = "folded"; node.tabIndex = 0;
      node.onclick = () => node.classList.toggle("folded");
    }
    const inner = [];
    while (entities.length && entities[0].offset < end) inner.push(entities.shift());
    node.append(render(text, inner, entity.offset, end));
    part.append(node);
    at = end;
    if (node.tagName === "BLOCKQUOTE") while (text[at] === "\n" && text[at + 1] === "\n") at += 1;
  }
  if (at < to) part.append(text.slice(at, to));
  return part;
}
const names = { sticker: "🙂 sticker", voice: "🎤 voice", contact: "👤 contact", location: "📍 location" };
function bubble(message) {
  const node = make("div", undefined, "bubble" + (message.from.is_bot ? "" : " mine"));
  const says = make("div", undefined, "says");
  if (message.photo && message.photo.at(-1).file_id !== "sent") {
    const image = make("img"); image.alt = "picture";
    image.src = "/demo/file/" + message.photo.at(-1).file_id; says.append(image);
  } else if (message.photo) says.append("🖼 photo ");
  if (message.document) {
    const link = make("a", "📄 " + message.document.file_name);
    link.href = "/demo/file/" + message.document.file_id; link.download = message.document.file_name;
    says.append(link, "\n");
  }
  for (const kind in names) if (message[kind]) says.append(names[kind] + " ");
  const text = message.text ?? message.caption ?? "";
  const entities = (message.entities ?? message.caption_entities ?? []).map((e) => ({ ...e }));
  says.append(render(text, entities, 0, text.length));
  if (message.via_bot) says.prepend(make("small", "via @" + message.via_bot.username + "\n"));
  const time = new Date(message.date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  says.append(make("time", (message.edit_date ? "edited " : "") + time));
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
  if (button.url) {
    const node = make("a", button.text + " ↗"); link(node, button.url);
    return node;
  }
  const node = make("button", button.text); node.type = "button";
  node.onclick = () => {
    const query = button.switch_inline_query ?? button.switch_inline_query_current_chat;
    if (button.copy_text) copy(button.copy_text.text);
    else if (query !== undefined) { $("text").value = `@${bot} ${query}`; $("text").focus(); search(); }
    else tap(message.message_id, button.callback_data);
  };
  return node;
}
// A link to the bot opens it here, and one to pass something on puts it in the hand.
function link(node, url) {
  node.href = url; node.target = "_blank"; node.rel = "noopener noreferrer";
  const to = new URL(url), start = to.searchParams.get("start");
  node.onclick = (event) => {
    if (to.host !== "t.me") return;
    if (to.pathname === "/" + bot && start) send("/start " + start);
    else if (to.pathname === "/share/url") copy(to.searchParams.get("url") + "\n" + to.searchParams.get("text"));
    else return;
    event.preventDefault();
  };
}
function toast(text) {
  $("toast").textContent = text; $("toast").classList.add("on");
  setTimeout(() => $("toast").classList.remove("on"), 2200);
}
async function copy(text) {
  try { await navigator.clipboard.writeText(text); } catch { /* not allowed: it is shown all the same */ }
  toast("📋 " + text);
}
// “@bot words” searches as in any chat; what is tapped is sent in one's own name.
let searched = 0;
async function search() {
  const [name, ...words] = $("text").value.trimStart().split(/\s/), mine = ++searched;
  const searches = name.toLowerCase() === "@" + bot && /\s/.test($("text").value.trimStart());
  if (!searches) { $("found").hidden = true; return; }
  await new Promise((done) => setTimeout(done, 300));
  if (mine !== searched) return;
  // A search that the bot could not answer in time is let go, and asked once more.
  for (let asks = 0; asks < 3; asks++) {
    const query = await call("search", { person: me, text: words.join(" ").trim() });
    for (let tries = 0; query && tries < 40; tries++) {
      const found = await call("found?query=" + query);
      if (mine !== searched) return;
      if (found) { show(query, found); return; }
      await new Promise((done) => setTimeout(done, 150));
    }
  }
}
function show(query, found) {
  const done = (act) => async () => { $("found").hidden = true; $("text").value = ""; searched++; await act(); };
  const line = (title, description, act) => {
    const item = make("li"), node = make("button", undefined, "one"); node.type = "button";
    node.append(make("strong", title), make("small", description)); node.onclick = done(act);
    item.append(node); return item;
  };
  $("found").replaceChildren(
    ...(found.button ? [line(found.button.text, "", () => send("/start " + found.button.start_parameter))] : []),
    ...found.results.map((result) => line(result.title, result.description,
      () => call("choose", { person: me, query, result: result.id }))));
  $("found").hidden = false;
}
async function tap(message_id, data) {
  const query = await call("tap", { person: me, message_id, data });
  for (let tries = 0; query && tries < 20; tries++) {
    await new Promise((done) => setTimeout(done, 150));
    const text = await call("toast?query=" + query);
    if (text === null) continue;
    if (text) toast(text);
    break;
  }
}
async function draw() {
  const chat = await call("chat?person=" + me);
  if (!chat) return;
  const key = me + JSON.stringify(chat.messages);
  if (key !== shown) {
    const box = $("chat"), below = box.scrollHeight - box.scrollTop - box.clientHeight < 160;
    const grown = !shown.startsWith(String(me)) || below;
    shown = key;
    box.replaceChildren(...chat.messages.map(bubble));
    if (!chat.messages.length) {
      const empty = make("div", "សួស្ដី! ចុចដើម្បីចាប់ផ្ដើម\nTap to begin", "empty");
      empty.style.whiteSpace = "pre-line";
      const start = make("button", "START"); start.type = "button"; start.onclick = () => send("/start");
      empty.append(make("br"), start); box.append(empty);
    }
    if (grown) box.scrollTop = box.scrollHeight;
  }
  $("commands").replaceChildren(...chat.commands.map((command) => {
    const item = make("li"), key = make("button"); key.type = "button";
    key.append(make("em", "/" + command.command), command.description);
    key.onclick = () => { $("commands").hidden = true; send("/" + command.command); };
    item.append(key); return item;
  }));
  seen[me] = chat.messages.length;
}
async function list() {
  people = await call("people") ?? people;
  document.querySelector(".people").replaceChildren(...people.map((person, place) => {
    const key = make("button"); key.type = "button"; key.dataset.person = person.id;
    key.setAttribute("aria-current", person.id === me);
    const face = make("i", person.name.slice(0, 1)); face.style.background = colours[place % colours.length];
    const name = make("span", person.name); name.append(make("small", person.role));
    key.append(face, name);
    if (person.id !== me && person.count > (seen[person.id] ?? 0)) key.append(make("b", "", "new"));
    key.onclick = () => choose(person.id);
    return key;
  }));
  const self = people.find((person) => person.id === me);
  if (self) { $("as").textContent = self.name + " · " + self.role;
    $("block").textContent = self.blocked ? "Unblock" : "Block"; }
}
async function choose(id) { me = id; await draw(); await list(); $("text").focus(); }
async function send(text) { if (text.trim()) await call("send", { person: me, text }); }
$("composer").onsubmit = (event) => { event.preventDefault(); send($("text").value); $("text").value = ""; search(); };
$("text").oninput = search;
$("attach").onclick = () => $("photo").click();
$("photo").onchange = () => {
  const file = $("photo").files[0], reader = new FileReader();
  if (!file) return;
  reader.onload = async () => {
    await call("picture", { person: me, name: file.name, data: reader.result.split(",")[1], caption: $("text").value });
    $("text").value = $("photo").value = "";
  };
  reader.readAsDataURL(file);
};
$("menu").onclick = () => { $("commands").hidden = !$("commands").hidden; };
$("block").onclick = async () => {
  const self = people.find((person) => person.id === me);
  await call("block", { person: me, blocked: !self.blocked }); list();
};
(async () => {
  bot = await call("bot");
  $("text").placeholder += ` · @${bot} …`;
  await list();
  for (const person of people) seen[person.id] = person.count;
  await choose(Number(new URLSearchParams(location.search).get("person")) || people[0].id);
  new EventSource("/demo/api/events").onmessage = async () => { await draw(); await list(); };
})();
