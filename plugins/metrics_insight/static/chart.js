// A chart to look into, in the place of its picture; loaded after the press, with plotly.js.
"use strict";

const DAY = 864e5, ZOOMS = { day: 14, week: 84, month: 366, all: Infinity };

// Draws the figure (a JSON text) and takes the focus there; gives what puts the picture back.
async function insightExplore(button, said, text) {
  const card = button.closest(".insight");
  const picture = card.querySelector("figure picture") ?? card.querySelector("figure img");
  const { meta, title } = JSON.parse(text).layout;
  const night = matchMedia("(prefers-color-scheme: dark)");
  const frame = document.createElement("div"), bar = frame.cloneNode(), plot = frame.cloneNode();
  const name = document.createElement("strong"), note = document.createElement("small");
  const source = note.cloneNode();
  const view = { meta, bar, plot, said, span: meta.span.map(Date.parse), whole: wholes(text) };

  frame.className = "explored";
  frame.append(bar, name, note, plot, source);
  name.textContent = plainly(title.text);
  note.textContent = plainly(title.subtitle.text);
  source.textContent = meta.source;
  note.style.cssText = source.style.cssText = "font-size:.75rem;line-height:1.35";
  plot.tabIndex = 0;
  plot.role = "application";
  plot.ariaLabel = name.textContent;
  fillBar(view);
  takePlace(picture, frame, bar, plot);

  const locales = { page: { dictionary: {}, format: meta.format } };
  const config = { ...meta.config, locale: "page", locales };
  const draw = async () => {
    const { data, layout } = coloured(text, meta, night.matches);
    await Plotly.newPlot(plot, data, layout, config);
    plot.querySelector(".plot-container").ariaHidden = true;
    plot.on("plotly_relayout", (changed) => fit(view, changed));
  };
  const close = () => {
    removeEventListener("beforeprint", toggle);
    night.removeEventListener("change", draw);
    card.removeEventListener("keydown", escape);
    Plotly.purge(plot);
    frame.remove();
    picture.style.display = "";
    button.textContent = meta.words.again;
    said.textContent = meta.words.returned;
    button.focus();
  };
  const toggle = () => button.click();
  const escape = (event) => event.key == "Escape" && toggle();

  try {
    await draw();
  } catch (error) {
    frame.remove();
    picture.style.display = "";
    throw error;
  }
  plot.addEventListener("keydown", (event) => step(view, event));
  addEventListener("beforeprint", toggle); // paper gets the picture
  night.addEventListener("change", draw);
  card.addEventListener("keydown", escape);
  button.textContent = meta.words.back;
  said.textContent = meta.words.shown;
  plot.focus({ preventScroll: true });
  return close;
}

// The figure in the colours of the scheme; its title stands above it, where lines wrap.
function coloured(text, { dark }, isDark) {
  const figure = JSON.parse(text, (_, value) =>
    isDark && Object.hasOwn(dark, value) ? dark[value] : value);
  delete figure.layout.title;
  figure.layout.margin.t = 8;
  if (matchMedia("(pointer: coarse)").matches) figure.layout.dragmode = false; // let pages scroll
  return figure;
}

// The frame stands where the picture stood and is as high as it was, to the pixel.
function takePlace(picture, frame, bar, plot) {
  const figure = picture.closest("figure"), high = () => figure.getBoundingClientRect().height;
  const before = high(), image = picture.querySelector("img") ?? picture;
  // Within its edge there is room for the ring around what has the focus.
  frame.style.cssText =
    "display:flex;flex-direction:column;overflow:hidden;box-sizing:border-box;padding:5px";
  frame.style.height = image.getBoundingClientRect().height + "px";
  bar.style.cssText = "display:flex;flex-wrap:wrap;gap:.25rem";
  plot.style.cssText = "flex:1;min-height:0;margin:5px 0;outline-offset:1px";
  picture.style.display = "none";
  picture.after(frame);
  frame.style.height = parseFloat(frame.style.height) + before - high() + "px";
}

// --- zoom -----------------------------------------------------------------------------------

function fillBar(view) {
  const { bar, meta: { words } } = view;
  const add = (name, sign, press) => {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = sign ?? words[name];
    one.ariaLabel = words[name];
    one.style.cssText = "min-width:28px;min-height:28px";
    one.onclick = press;
    bar.append(one);
    return one;
  };
  bar.role = "group";
  bar.ariaLabel = words.zoom;
  view.zooms = Object.keys(ZOOMS).map((name) => add(name, null, () => zoom(view, name)));
  add("earlier", "‹", () => turn(view, -1));
  add("later", "›", () => turn(view, 1));
  press(view, "all");
}

function press(view, name) {
  view.zooms.forEach((one, n) => {
    one.ariaPressed = Object.keys(ZOOMS)[n] == name;
    one.style.textDecoration = one.ariaPressed == "true" ? "underline" : "none";
  });
}

function zoom(view, name) {
  const last = shown(view)[1], days = ZOOMS[name];
  show(view, last - (days - 1) * DAY, last);
  press(view, name);
}

function turn(view, way) {
  const [first, last] = shown(view), half = way * (last - first) / 2;
  show(view, first + half, last + half);
}

function shown({ plot }) {
  return plot.layout.xaxis.range.map((moment) => {
    const [day, time = "00:00"] = String(moment).split(/[ T]/);
    return Date.parse(`${day}T${time}Z`);
  });
}

// Shows the days from one to another, as far as the chart has any.
function show({ plot, span }, first, last) {
  const wide = Math.min(last - first, span[1] - span[0]);
  const from = Math.min(Math.max(first, span[0]), span[1] - wide);
  const range = [from, from + wide].map((time) => new Date(time).toISOString().slice(0, 19));
  return Plotly.relayout(plot, { "xaxis.range": range });
}

// From where to where each value axis goes as long as everything is in view.
function wholes(text) {
  const axes = Object.entries(JSON.parse(text).layout).filter(([name, axis]) =>
    name.startsWith("yaxis") && axis.tickvals);
  return Object.fromEntries(axes.map(([name, axis]) => [name.replace("axis", ""), axis]));
}

// The value axes fit what is in view; an axis with zero keeps it, one without never gets to it.
function fit(view, changed) {
  if (!Object.keys(changed).some((name) => /^xaxis.(range|autorange)/.test(name))) return;
  if (changed["xaxis.autorange"]) return show(view, ...view.span);
  const [first, last] = shown(view), { plot, meta, whole } = view, seen = {};
  const isAll = first <= view.span[0] && last >= view.span[1];
  for (const { x, y, yaxis = "y", meta: kind } of plot.data) {
    if (!kind) continue;
    x.forEach((day, n) => {
      const time = Date.parse(day);
      if (time >= first && time <= last && y[n] != null) (seen[yaxis] ??= []).push(y[n]);
    });
  }
  const ranges = { "xaxis.dtick": last - first < 10 * DAY ? DAY : null };
  for (const [axis, values] of Object.entries(seen)) {
    const zero = meta.zero.includes(axis) ? [0] : [], name = axis.replace("y", "yaxis");
    const low = Math.min(...values, ...zero), high = Math.max(...values, ...zero);
    const air = (high - low || Math.abs(high) || 1) / 16, [least, most] = whole[axis].range;
    const range = [Math.max(low && low - air, least), Math.min(high && high + air, most)];
    const { tickvals, ticktext } = isAll ? whole[axis] : ticks(meta, ...range);
    ranges[name + ".range"] = isAll ? [least, most] : range;
    ranges[name + ".tickvals"] = tickvals;
    ranges[name + ".ticktext"] = ticktext;
  }
  Plotly.relayout(plot, ranges);
}

// Round values of a range, two to five, as the language writes them: short from a million on.
function ticks({ language }, low, high) {
  const power = 10 ** Math.floor(Math.log10((high - low) / 4)), tickvals = [];
  const step = power * [1, 2, 2.5, 5, 10].find((one) => one * power >= (high - low) / 4);
  for (let n = Math.ceil(low / step); n * step <= high; n++) tickvals.push(+(n * step).toPrecision(12));
  const isLong = Math.max(...tickvals.map(Math.abs)) >= 1e6;
  const ways = [...(isLong ? [{ notation: "compact" }] : []), { maximumSignificantDigits: 12 }];
  const told = ways.map((way) => tickvals.map(new Intl.NumberFormat(language, way).format));
  return { tickvals, ticktext: told.find((one) => new Set(one).size == one.length) ?? told.at(-1) };
}

// --- by key and by ear ----------------------------------------------------------------------

// Left, Right, Home and End read the chart one day after the other.
async function step(view, event) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
  if (!(event.key in steps) || event.target != view.plot) return;
  event.preventDefault();
  const days = readings(view.plot), last = days.length - 1;
  const at = (view.at ?? (steps[event.key] < 0 ? last + 1 : -1)) + steps[event.key];
  view.at = Math.min(Math.max(at, 0), last);
  const [day, points] = days[view.at], time = Date.parse(day), [from, to] = shown(view);
  if (time < from || time > to) await show(view, time - (to - from) / 2, time + (to - from) / 2);
  Plotly.Fx.hover(view.plot, { xval: time }, view.plot._fullLayout._subplots.cartesian);
  view.said.textContent = heard(view, time, points);
}

// Each day that has something to tell, with the points that tell it.
function readings(plot) {
  const days = {};
  for (const { x, y, customdata, meta, hovertemplate } of plot.data) {
    if (meta == "readings") x.forEach((day, n) => {
      if (day) (days[day] ??= []).push({ value: y[n], more: customdata[n], hovertemplate });
    });
  }
  return Object.entries(days).sort(([one], [other]) => one < other ? -1 : 1);
}

// What stands at a day, as a sentence or two for the ear.
function heard({ meta: { language } }, time, points) {
  const day = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const told = points.map(({ value, more, hovertemplate }) => hovertemplate
    .replace("%{x}<br>", "").replace(/%\{y.*?\}/, number.format(value)).replace("<extra></extra>", "")
    .replace("%{text}", () => more));
  return `${day.format(time)}: ${plainly(told.join("; "))}`;
}

function plainly(words) {
  return new DOMParser().parseFromString(words, "text/html").body.textContent;
}
