// Keeps a page of the preview fresh, and shows on it what is wrong with the site.
// Only the preview sends this script; no built page has it.
"use strict";

const script = document.currentScript;
const bar = makeBar();
let seen = Number(script.dataset.number);
let news = null;

function listen() {
  if (news || document.hidden) return;
  news = new EventSource(`/.harvest/news?path=${encodeURIComponent(location.pathname)}`);
  news.onmessage = (event) => follow(JSON.parse(event.data));
}

// A hidden tab gives its connection back: browsers have six for one address.
function rest() {
  if (news) news.close();
  news = null;
}

function follow(state) {
  if (state.pages > seen) {
    rest();
    location.reload();
    return;
  }
  if (state.styles > seen) {
    seen = state.styles;
    swapStyles(seen);
  }
  bar.show(state.mistakes, state.held);
}

// The old sheet stays until the new one is there, so that nothing flashes.
function swapStyles(number) {
  for (const old of document.querySelectorAll('link[rel~="stylesheet"]')) {
    const address = new URL(old.href, location.href);
    if (address.origin !== location.origin) continue;
    const fresh = old.cloneNode();
    address.searchParams.set("preview", number);
    fresh.href = address.href;
    fresh.onload = fresh.onerror = () => old.remove();
    old.after(fresh);
  }
}

function makeBar() {
  const host = document.createElement("harvest-preview");
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647;
      max-height: 50vh; overflow: auto; font: 15px/1.5 system-ui, sans-serif;
      color: #fff; background: #16181c; border-top: 4px solid #b3470b; }
    :host([hidden]) { display: none; }
    :host([data-doubtful]) { inset: auto 0 0 auto; max-width: 100%; border-top: 0;
      border-radius: 6px 0 0 0; opacity: .92; }
    section, details { padding: .5rem 1rem; }
    p { margin: 0; font-weight: 600; }
    summary { cursor: pointer; }
    ul { margin: .25rem 0 0; padding: 0; list-style: none; }
    li { font: 14px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
    @media print { :host { display: none; } }`);
  root.adoptedStyleSheets = [style];
  host.hidden = true;

  function list(title, mistakes, box, head) {
    const part = document.createElement(box);
    const heading = part.appendChild(document.createElement(head));
    heading.textContent = title;
    const lines = part.appendChild(document.createElement("ul"));
    for (const mistake of mistakes) {
      lines.appendChild(document.createElement("li")).textContent = mistake.text;
    }
    return part;
  }

  function counted(number, one, many) {
    return `${number} ${number === 1 ? one : many}`;
  }

  return {
    show(mistakes, held) {
      const wrong = mistakes.filter((mistake) => !mistake.doubtful);
      const doubtful = mistakes.filter((mistake) => mistake.doubtful);
      const parts = [];
      if (wrong.length) {
        const number = counted(wrong.length, "mistake", "mistakes");
        const part = list(held ? `${number}; this is the last good page` : number, wrong, "section", "p");
        part.setAttribute("role", "alert");
        parts.push(part);
      }
      if (doubtful.length) {
        parts.push(list(counted(doubtful.length, "warning", "warnings"), doubtful, "details", "summary"));
      }
      root.replaceChildren(...parts);
      host.toggleAttribute("data-doubtful", !wrong.length);
      host.hidden = !parts.length;
      if (!host.isConnected) document.documentElement.append(host);
    },
  };
}

document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
listen();
