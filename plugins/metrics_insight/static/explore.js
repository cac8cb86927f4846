// Shows the button below a chart; its first press loads what draws, a second one gives back.
"use strict";
(() => {
  const HEARD = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  const loaded = {};
  const load = (address) => loaded[address] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.onload = done;
    script.onerror = () => {
      delete loaded[address];
      script.remove();
      failed();
    };
    script.src = address;
    document.head.append(script);
  });
  const read = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw answer;
    return answer.text();
  };
  // plotly.js adds a style sheet for maps unless there is something of that name.
  const standIn = (id) => {
    if (!id || document.getElementById(id)) return;
    document.head.append(Object.assign(document.createElement("template"), { id }));
  };
  const offer = (button) => {
    const said = button.nextElementSibling, given = button.dataset;
    let close, busy;
    button.hidden = false;
    button.onclick = async () => {
      if (busy) return;
      if (close) return close = close();
      const label = button.textContent;
      busy = true;
      button.style.minWidth = button.offsetWidth + "px"; // no other width, no other line
      said.style.cssText = HEARD;
      said.textContent = button.textContent = given.loading;
      standIn(given.sheet);
      try {
        const parts = [read(given.figure), load(given.bundle), load(given.script)];
        const [figure] = await Promise.all(parts);
        close = await insightExplore(button, said, figure);
      } catch {
        button.textContent = label;
        said.style.cssText = "";
        said.textContent = given.failed;
      }
      busy = false;
    };
  };
  // A page that is opened as a file may fetch nothing.
  if (location.protocol.startsWith("http"))
    document.querySelectorAll("button[data-figure][hidden]").forEach(offer);
})();
