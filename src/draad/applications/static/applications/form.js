// Saves the form of an application while it is filled in. Without this script the button does the same.
// What could not be sent stays in this browser until it is.

const form = document.querySelector("form[data-autosave]");
const key = form.dataset.autosave;
const waiting = new Map(Object.entries(JSON.parse(sessionStorage.getItem(key) ?? "{}")));
let busy = false;
let retry = 0;

const isField = (box) => box.name && box.closest("[data-field]") && box.type !== "hidden" && box.tagName !== "BUTTON";
const boxOf = (name) => form.elements.namedItem(name);
const textOf = (box) => (box.type === "checkbox" ? (box.checked ? "on" : "") : box.value);
const base = JSON.parse(form.elements.base.value);

function keep() {
  if (waiting.size) sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(waiting)));
  else sessionStorage.removeItem(key);
}

function note(box) {
  waiting.set(box.name, { text: textOf(box), base: base[box.name] ?? "" });
  keep();
}

function packet(sent) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("revision", form.elements.revision.value);
  body.set("base", JSON.stringify(Object.fromEntries([...sent].map(([name, value]) => [name, value.base]))));
  for (const [name, value] of sent) body.set(name, value.text);
  return body;
}

function tell(text, address) {
  const place = document.getElementById("melding");
  const words = document.createElement("p");
  words.className = "draad-message draad-message--error";
  words.textContent = text;
  if (address) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = form.dataset.signIn;
    words.append(" ", link);
  }
  place.replaceChildren(words);
}

// The answer holds what was computed anew, and fields with their notes: those that were sent, or all of the page when
// somebody else saved meanwhile. It comes into this page.
function take(page, sent) {
  for (const part of page.querySelectorAll("[data-live][id]")) {
    const here = document.getElementById(part.id);
    if (here && here.innerHTML !== part.innerHTML) here.innerHTML = part.innerHTML;
  }
  const fresh = JSON.parse(page.querySelector("form[data-autosave] [name=base]")?.value ?? "{}");
  for (const cell of page.querySelectorAll("[data-field]")) {
    const here = form.querySelector(`[data-field="${CSS.escape(cell.dataset.field)}"]`);
    const box = boxOf(cell.dataset.field);
    const stored = cell.querySelector(`[name="${CSS.escape(cell.dataset.field)}"]`);
    if (!here || !box || !stored) continue;
    here.className = cell.className;
    here.querySelectorAll("[data-note]").forEach((old) => old.remove());
    here.append(...cell.querySelectorAll("[data-note]"));
    box.className = stored.className;
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (stored.hasAttribute(name)) box.setAttribute(name, stored.getAttribute(name));
      else box.removeAttribute(name);
    }
    const mine = sent.get(box.name);
    const touched = waiting.has(box.name) || box === document.activeElement;
    if (!touched || (mine && mine.text === textOf(box))) {
      if (box.type === "checkbox") box.checked = stored.checked;
      else if (!touched) box.value = stored.value;
      base[box.name] = fresh[box.name] ?? "";
    }
  }
  form.elements.base.value = JSON.stringify(base);
}

async function send() {
  if (busy || !waiting.size) return;
  busy = true;
  const sent = new Map(waiting);
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: packet(sent), headers: { "X-Draad-Part": "1" }, redirect: "follow",
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("[data-field]")) {
      if (answer.redirected || answer.status === 403) {
        tell(form.dataset.signedOut, form.action);
        return;
      }
      throw new Error(String(answer.status));
    }
    for (const [name, value] of sent) {
      if (waiting.get(name)?.text === value.text) waiting.delete(name);
    }
    keep();
    take(page, sent);
    retry = 0;
  } catch {
    tell(form.dataset.offline);
    retry = Math.min(retry + 1, 6);
    setTimeout(send, 1000 * 2 ** retry);
    return;
  } finally {
    busy = false;
  }
  if (waiting.size) send();
}

form.addEventListener("change", (event) => {
  if (!isField(event.target)) return;
  note(event.target);
  send();
});

// Text is also saved while somebody goes on typing in one field.
let pause = 0;
form.addEventListener("input", (event) => {
  if (!isField(event.target) || event.target.type === "checkbox") return;
  waiting.set(event.target.name, { text: textOf(event.target), base: base[event.target.name] ?? "" });
  keep();
  clearTimeout(pause);
  pause = setTimeout(send, 1500);
});

// A button sends the whole form, with all that waits.
form.addEventListener("submit", () => {
  waiting.clear();
  keep();
});

// Alt with an arrow lets a line change places with its neighbour.
document.addEventListener("keydown", (event) => {
  const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const row = step && event.target.closest?.("[data-row]");
  if (!row) return;
  event.preventDefault();
  const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  const focused = event.target;
  const [mine, theirs] = [row, other].map((found) => found.querySelector("input[name$=':priority']"));
  if (!mine || !theirs) return;
  [mine.value, theirs.value] = [theirs.value, mine.value];
  other[step < 0 ? "before" : "after"](row);
  [...row.parentElement.children].forEach((found, place, all) => {
    found.querySelector("[name=up]").disabled = place === 0;
    found.querySelector("[name=down]").disabled = place === all.length - 1;
  });
  focused.focus();
  [mine, theirs].forEach(note);
  send();
});

// What this browser kept from before (signed out, no connection) comes back and is sent.
for (const [name, value] of waiting) {
  const box = boxOf(name);
  if (!box || box.tagName === undefined) {
    waiting.delete(name);
    continue;
  }
  if (box.type === "checkbox") box.checked = value.text === "on";
  else box.value = value.text;
}
keep();
send();
