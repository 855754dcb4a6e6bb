// Small behaviours that need the browser: menus, times in the reader's zone, marked text, the panel.
import { Children, createElement, useEffect, useLayoutEffect, useRef, useState } from "react";

const typing = (target) => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

const place = (button, panel) => {
  const [from, size] = [button.getBoundingClientRect(), panel.getBoundingClientRect()];
  const below = from.bottom + 4;
  const top = below + size.height > window.innerHeight - 8 ? Math.max(8, from.top - size.height - 4) : below;
  const left = Math.max(8, Math.min(from.right - size.width, window.innerWidth - size.width - 8));
  panel.style.top = `${top}px`;
  panel.style.left = `${left}px`;
};

// A button with a panel that floats: the first child is the button's face, the rest the panel.
export const Popover = ({ label, face, panel, menu, onOpen, children, ...rest }) => {
  const [open, setOpen] = useState(false);
  const [button, floating, opener] = [useRef(null), useRef(null), useRef(null)];
  const [shown, ...content] = Children.toArray(children);

  useLayoutEffect(() => {
    if (!open) return undefined;
    place(button.current, floating.current);
    const first = menu && floating.current.querySelector("[role=menuitem]");
    first?.focus({ preventScroll: true });
    const watch = new ResizeObserver(() => floating.current && place(button.current, floating.current));
    watch.observe(floating.current);
    return () => watch.disconnect();
  }, [open, menu]);

  useEffect(() => {
    if (!open) return undefined;
    const outside = (event) => {
      const inside = [button, floating].some((each) => each.current?.contains(event.target));
      if (!inside) setOpen(false);
    };
    const scrolled = (event) => !floating.current?.contains(event.target) && setOpen(false);
    document.addEventListener("pointerdown", outside);
    document.addEventListener("scroll", scrolled, true);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("scroll", scrolled, true);
    };
  }, [open]);

  const toggle = (event) => {
    event.stopPropagation();
    if (!open) {
      // A key of the board opens a card's menu too: the focus then belongs to the card.
      opener.current = document.activeElement === document.body ? null : document.activeElement;
      onOpen?.();
    }
    setOpen(!open);
  };

  const onKeyDown = (event) => {
    if (!open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      setOpen(false);
      (opener.current ?? button.current)?.focus();
    } else if (event.key === "Tab" && menu) {
      setOpen(false);
    } else if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      event.stopPropagation();
      const items = [...floating.current.querySelectorAll("[role=menuitem]")];
      const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      items[(next + items.length) % items.length]?.focus();
    }
  };

  const onClick = (event) => {
    event.stopPropagation();
    if (event.target.closest("[role=menuitem], a[href]")) setOpen(false);
  };

  return createElement(
    "div",
    { ...rest, onKeyDown },
    createElement(
      "button",
      {
        ref: button, type: "button", className: face, onClick: toggle, "aria-label": label, title: label,
        "aria-expanded": open, "aria-haspopup": menu ? "menu" : "dialog", key: "face",
      },
      shown,
    ),
    open &&
      createElement(
        "div",
        { ref: floating, className: panel, role: menu ? "menu" : "dialog", "aria-label": label, onClick, key: "panel" },
        content,
      ),
  );
};

const UNITS = [["d", 86400], ["h", 3600], ["min", 60]];

const ago = (date) => {
  const seconds = Math.max(0, Math.floor((Date.now() - date) / 1000));
  if (seconds > 60 * 86400) return date.toLocaleDateString(undefined, { dateStyle: "medium" });
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? [];
  if (unit) return `${Math.floor(seconds / length)} ${unit} ago`;
  return seconds < 5 ? "just now" : `${seconds} s ago`;
};

const useTick = (seconds) => {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
};

// How long ago, with the exact time in the reader's own zone on hover; `never` is said when there is none.
export const When = ({ at, never, ...rest }) => {
  useTick(15);
  if (!at) return createElement("span", rest, never ?? "");
  const date = new Date(at);
  const exact = date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return createElement("time", { dateTime: at, title: exact, ...rest }, ago(date));
};

// Seconds left until a moment.
export const Countdown = ({ until, ...rest }) => {
  useTick(1);
  const left = Math.max(0, Math.ceil((new Date(until) - Date.now()) / 1000));
  return createElement("span", { className: "num", ...rest }, left ? `${left} s` : "a moment");
};

// A text with one stretch marked. Offsets count characters as Python does; a new `at` scrolls and flashes once.
export const QuoteText = ({ text, start, end, at, children, ...rest }) => {
  const mark = useRef(null);
  useEffect(() => {
    if (!mark.current || !at) return;
    mark.current.scrollIntoView({ block: "center" });
    mark.current.classList.remove("flash");
    void mark.current.offsetWidth;
    mark.current.classList.add("flash");
  }, [at, start, end]);
  const letters = Array.from(text);
  const cut = (from, to) => letters.slice(from, to).join("");
  return createElement(
    "div",
    rest,
    start < end && end <= letters.length
      ? [cut(0, start), createElement("mark", { ref: mark, key: "m" }, cut(start, end)), cut(end)]
      : text,
  );
};

// What no person sees at a place of the page: to be pointed at, chosen by key or tapped.
const unseen = ({ why, box: [left, bottom, right, top] }, place, height, chosen, choose) =>
  createElement(
    "g",
    {
      key: place,
      className: "unseen",
      role: "button",
      tabIndex: 0,
      "aria-label": `Hidden text, ${why}`,
      "aria-pressed": chosen === place,
      onClick: () => choose(place),
      onFocus: () => choose(place),
      onPointerEnter: () => choose(place),
    },
    createElement("rect", { className: "reach", x: left - 6, y: height - top - 6, width: right - left + 12, height: top - bottom + 12 }),
    createElement("rect", { x: left, y: height - top, width: right - left, height: top - bottom }),
  );

const readHere = ({ text, box: [left, bottom, right, top] }, place, height) =>
  createElement(
    "text",
    {
      key: place,
      "aria-hidden": true,
      x: left,
      y: height - bottom - 0.22 * (top - bottom),
      fontSize: 0.9 * (top - bottom),
      textLength: Math.max(right - left, 1),
      lengthAdjust: "spacingAndGlyphs",
    },
    text,
  );

// A page as the machine read it: its lines in their places, in red what no person sees there, and below the page
// the words of the mark that is chosen.
const XRayPage = ({ number, width, height, marks }) => {
  const [chosen, choose] = useState(() => marks.findIndex(({ why }) => why));
  const mark = marks[chosen];
  return createElement(
    "figure",
    null,
    createElement("figcaption", { className: "muted small" }, `Page ${number}`),
    createElement(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `Page ${number} with its hidden text marked` },
      marks.map((each, place) =>
        each.why ? unseen(each, place, height, chosen, choose) : readHere(each, place, height),
      ),
    ),
    mark && createElement("p", { className: "unseen-words", role: "status" }, createElement("strong", null, mark.why), `: ${mark.text}`),
  );
};

export const XRay = ({ pages, children, ...rest }) =>
  createElement("div", rest, pages.map((page) => createElement(XRayPage, { key: page.number, ...page })));

// Keeps what was typed into its form, passwords aside, in this tab alone until the answer is there. A form that was
// refused comes back as a new page: it is filled again, and the focus goes to what is still empty.
const TYPED = "typed";

const entriesOf = (form) =>
  [...form.querySelectorAll("input")].filter(({ type }) => type !== "password" && type !== "hidden");

export const KeepEntries = ({ refused }) => {
  const ref = useRef(null);
  useEffect(() => {
    const form = ref.current.closest("form");
    const keep = () => {
      const typed = entriesOf(form).map(({ name, value }) => [name, value]);
      sessionStorage.setItem(TYPED, JSON.stringify(typed));
    };
    form.addEventListener("submit", keep);
    return () => form.removeEventListener("submit", keep);
  }, []);
  useEffect(() => {
    if (!refused) return;
    const form = ref.current.closest("form");
    const typed = new Map(JSON.parse(sessionStorage.getItem(TYPED) ?? "[]"));
    sessionStorage.removeItem(TYPED);
    for (const input of entriesOf(form)) if (!input.value) input.value = typed.get(input.name) ?? "";
    if (form.contains(document.activeElement)) return;
    [...form.querySelectorAll("input:not([type=hidden])")].find(({ value }) => !value)?.focus();
  }, [refused]);
  return createElement("span", { ref, hidden: true });
};

// The profile beside the board: takes the focus, listens to its own keys, leaves typing alone.
// When it goes, the focus goes back to the card of whom it showed last.
export const Panel = ({ onKey, card, children, ...rest }) => {
  const ref = useRef(null);
  const shown = useRef(card);
  shown.current = card;
  useEffect(() => {
    ref.current?.focus();
    return () => document.querySelector(`[data-card="${shown.current}"]`)?.focus();
  }, []);
  const onKeyDown = (event) => {
    const plain = !event.altKey && !event.metaKey && !event.ctrlKey && !typing(event.target);
    if (event.key === "Escape" || (plain && /^[jk]$/.test(event.key))) {
      event.preventDefault();
      onKey?.(event.key);
    }
  };
  return createElement("aside", { ref, onKeyDown, tabIndex: -1, ...rest }, children);
};
