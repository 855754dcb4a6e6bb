// Behaviour of the board: dragging, arrow keys, announcements. All markup comes from Python.
import { createElement, useEffect, useRef, useState } from "react";
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";

const isCard = ({ source }) => source.data.kind === "card";

export const BoardCard = ({ cardId, columnId, children, ...rest }) => {
  const ref = useRef(null);
  useEffect(
    () =>
      draggable({
        element: ref.current,
        getInitialData: () => ({ kind: "card", cardId, columnId }),
        onDragStart: () => ref.current?.setAttribute("data-dragging", ""),
        onDrop: () => ref.current?.removeAttribute("data-dragging"),
      }),
    [cardId, columnId],
  );
  return createElement("article", { ref, "data-card": cardId, tabIndex: 0, ...rest }, children);
};

export const BoardColumn = ({ columnId, children, ...rest }) => {
  const ref = useRef(null);
  useEffect(() => {
    const element = ref.current;
    return combine(
      dropTargetForElements({
        element,
        canDrop: (drag) => isCard(drag) && drag.source.data.columnId !== columnId,
        getData: () => ({ columnId }),
        onDragEnter: () => element.setAttribute("data-over", ""),
        onDragLeave: () => element.removeAttribute("data-over"),
        onDrop: () => element.removeAttribute("data-over"),
      }),
      autoScrollForElements({ element, canScroll: isCard }),
    );
  }, [columnId]);
  return createElement("div", { ref, "data-column": columnId, ...rest }, children);
};

// One monitor per board: mouse and keyboard both end in onMove(card, column).
export const Board = ({ onMove, onOpen, children, ...rest }) => {
  const ref = useRef(null);
  const [said, setSaid] = useState("");
  const handlers = useRef({});
  handlers.current = { onMove, onOpen };

  const columnsOf = () => [...ref.current.querySelectorAll("[data-column]")];
  const cardsOf = (column) => [...column.querySelectorAll("[data-card]")];

  const move = (cardId, columnId) => {
    const column = columnsOf().find((each) => each.dataset.column === columnId);
    const card = ref.current.querySelector(`[data-card="${cardId}"]`);
    const name = card?.getAttribute("aria-label") ?? "Card";
    card?.setAttribute("data-saving", "");
    setSaid(`Moved ${name.split(",")[0]} to ${column?.getAttribute("aria-label") ?? columnId}`);
    handlers.current.onMove?.(cardId, columnId);
  };

  const keepFocus = (cardId) => {
    let tries = 0;
    const again = () => {
      const card = ref.current?.querySelector(`[data-card="${cardId}"]`);
      if (card && !card.hasAttribute("data-saving")) card.focus();
      else if (++tries < 30) setTimeout(again, 100);
    };
    setTimeout(again, 100);
  };

  useEffect(
    () =>
      monitorForElements({
        canMonitor: isCard,
        onDrop: ({ source, location }) => {
          const target = location.current.dropTargets.find((each) => each.data.columnId);
          if (target && target.data.columnId !== source.data.columnId) {
            move(source.data.cardId, target.data.columnId);
          }
        },
      }),
    [],
  );

  const onKeyDown = (event) => {
    const card = event.target.closest?.("[data-card]");
    if (!card || event.target !== card) return;
    const columns = columnsOf();
    const column = card.closest("[data-column]");
    const at = columns.indexOf(column);
    const cards = cardsOf(column);
    const place = cards.indexOf(card);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.altKey && step && columns[at + step]) {
      event.preventDefault();
      move(card.dataset.card, columns[at + step].dataset.column);
      keepFocus(card.dataset.card);
    } else if (!event.altKey && step) {
      event.preventDefault();
      for (let next = at + step; columns[next]; next += step) {
        const found = cardsOf(columns[next]);
        if (found.length) return found[Math.min(place, found.length - 1)].focus();
      }
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      cards[place + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      handlers.current.onOpen?.(card.dataset.card);
    }
  };

  return createElement(
    "div",
    { ref, onKeyDown, ...rest },
    children,
    createElement("div", { role: "status", "aria-live": "polite", className: "sr-only", key: "said" }, said),
  );
};

// Scrolls a quote into view and flashes it once when `at` changes.
export const QuoteText = ({ text, start, end, at, children, ...rest }) => {
  const mark = useRef(null);
  useEffect(() => {
    if (!mark.current || !at) return;
    mark.current.scrollIntoView({ block: "center" });
    mark.current.classList.remove("flash");
    void mark.current.offsetWidth;
    mark.current.classList.add("flash");
  }, [at, start, end]);
  const inside = start < end && end <= text.length;
  return createElement(
    "div",
    rest,
    inside
      ? [text.slice(0, start), createElement("mark", { ref: mark, key: "m" }, text.slice(start, end)), text.slice(end)]
      : text,
  );
};

// The profile beside the board: takes the focus, listens to its own keys, leaves typing alone.
export const Panel = ({ onKey, children, ...rest }) => {
  const ref = useRef(null);
  useEffect(() => ref.current?.focus(), []);
  const onKeyDown = (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "Escape" || (!typing && !event.metaKey && !event.ctrlKey && /^[jk]$/.test(event.key))) {
      event.preventDefault();
      onKey?.(event.key);
    }
  };
  return createElement("aside", { ref, onKeyDown, tabIndex: -1, ...rest }, children);
};
