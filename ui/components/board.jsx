// Behaviour of the board: dragging, keys, announcements. All markup comes from Python.
import { createElement, useEffect, useRef, useState } from "react";
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";

const isCard = ({ source }) => source.data.kind === "card";
const typing = (target) => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
const points = (card) => (card.dataset.score === "" ? -1 : Number(card.dataset.score));

// Columns are ordered by score: the card that a newcomer will stand above, or null for the end.
const landing = (column, card) =>
  [...column.querySelectorAll("[data-card]")].find((each) => each !== card && points(each) < points(card)) ?? null;

const showLanding = (column, card) => {
  column.setAttribute("data-over", "");
  const below = landing(column, card);
  (below ?? column).setAttribute("data-landing", "");
};

const hideLanding = (column) => {
  for (const each of [column, ...column.querySelectorAll("[data-landing]")]) each.removeAttribute("data-landing");
  column.removeAttribute("data-over");
};

export const BoardCard = ({ cardId, columnId, score, locked, children, ...rest }) => {
  const ref = useRef(null);
  useEffect(() => {
    if (locked) return undefined;
    return draggable({
      element: ref.current,
      getInitialData: () => ({ kind: "card", cardId, columnId }),
      onDragStart: () => ref.current?.setAttribute("data-dragging", ""),
      onDrop: () => ref.current?.removeAttribute("data-dragging"),
    });
  }, [cardId, columnId, locked]);
  return createElement(
    "article",
    { ref, "data-card": cardId, "data-score": score, tabIndex: 0, ...rest },
    children,
  );
};

export const BoardColumn = ({ columnId, total, children, ...rest }) => {
  const ref = useRef(null);
  useEffect(() => {
    const element = ref.current;
    return combine(
      dropTargetForElements({
        element,
        canDrop: (drag) => isCard(drag) && drag.source.data.columnId !== columnId,
        getData: () => ({ columnId }),
        onDragEnter: ({ source }) => showLanding(element, source.element),
        onDragLeave: () => hideLanding(element),
        onDrop: () => hideLanding(element),
      }),
      autoScrollForElements({ element, canScroll: isCard }),
    );
  }, [columnId]);
  return createElement("div", { ref, "data-column": columnId, "data-total": total, ...rest }, children);
};

const useMoves = (ref, settled, onMove) => {
  const [said, setSaid] = useState("");
  const pending = useRef(null);
  const queue = useRef([]);
  const handler = useRef(onMove);
  handler.current = onMove;

  const cardOf = (id) => ref.current?.querySelector(`[data-card="${id}"]`);
  const columnOf = (id) => ref.current?.querySelector(`[data-column="${id}"]`);

  // The card shows in its new place at once; the server's answer replaces the picture.
  const move = (cardId, columnId, refocus) => {
    if (pending.current) return void queue.current.push([cardId, columnId, refocus]);
    const [card, column] = [cardOf(cardId), columnOf(columnId)];
    if (!card || !column || column.contains(card)) return void next();
    const ghost = card.cloneNode(true);
    for (const name of ["data-card", "tabindex", "data-dragging"]) ghost.removeAttribute(name);
    ghost.setAttribute("data-ghost", "");
    ghost.setAttribute("aria-hidden", "true");
    column.insertBefore(ghost, landing(column, card));
    card.setAttribute("data-leaving", "");
    const name = (card.getAttribute("aria-label") ?? "").split(",")[0];
    const timer = setTimeout(() => settle(), 15000);
    pending.current = { card, cardId, columnId, ghost, name, refocus, timer };
    handler.current?.(cardId, columnId);
  };

  // Over a slow line people decide faster than the server answers: what came meanwhile waits its turn.
  const next = () => {
    const asked = queue.current.shift();
    if (asked) move(...asked);
  };

  const settle = () => {
    const done = pending.current;
    if (!done) return;
    pending.current = null;
    clearTimeout(done.timer);
    done.ghost.remove();
    const card = cardOf(done.cardId);
    card?.removeAttribute("data-leaving");
    const column = card?.closest("[data-column]");
    const label = column?.getAttribute("aria-label") ?? "";
    // Whoever has gone on to another card meanwhile keeps the focus there.
    if (done.refocus && [null, document.body, done.card].includes(document.activeElement)) card?.focus();
    if (column?.dataset.column === done.columnId) {
      const place = [...column.querySelectorAll("[data-card]")].indexOf(card) + 1;
      setSaid(`Moved ${done.name} to ${label}, ${place} of ${column.dataset.total}`);
    } else {
      setSaid(card ? `${done.name} stays in ${label}` : `Moved ${done.name}`);
    }
    next();
  };

  // The columns may be drawn some frames after the news that the move is over.
  useEffect(() => {
    let [frame, patience] = [0, 30];
    const look = () => {
      const done = pending.current;
      const column = done && cardOf(done.cardId)?.closest("[data-column]");
      if (!done || column?.dataset.column === done.columnId || patience-- === 0) settle();
      else frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [settled]);

  return { move, said };
};

// One monitor per board: mouse, keyboard and menu all end in onMove(card, column).
export const Board = ({ onMove, onOpen, onPick, onUndo, onHelp, settled, locked, children, ...rest }) => {
  const ref = useRef(null);
  const { move, said } = useMoves(ref, settled, onMove);
  const latest = useRef({});
  latest.current = { move, onUndo, onHelp };

  useEffect(
    () =>
      monitorForElements({
        canMonitor: isCard,
        onDrop: ({ source, location }) => {
          const target = location.current.dropTargets.find((each) => each.data.columnId);
          if (target && target.data.columnId !== source.data.columnId) {
            latest.current.move(source.data.cardId, target.data.columnId, false);
          }
        },
      }),
    [],
  );

  useEffect(() => {
    const onKey = (event) => {
      if (typing(event.target)) return;
      const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
      const act =
        plain && event.key === "/"
          ? () => document.getElementById("filter")?.focus()
          : plain && event.key === "?"
            ? () => latest.current.onHelp?.()
            : (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z"
              ? () => latest.current.onUndo?.()
              : null;
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const columnsOf = () => [...ref.current.querySelectorAll("[data-column]")];
  const cardsOf = (column) => [...column.querySelectorAll("[data-card]")];

  const sideways = (card, step) => {
    const columns = columnsOf();
    const here = card.closest("[data-column]");
    const place = cardsOf(here).indexOf(card);
    for (let next = columns.indexOf(here) + step; columns[next]; next += step) {
      const found = cardsOf(columns[next]);
      if (found.length) return found[Math.min(place, found.length - 1)].focus();
    }
    return undefined;
  };

  const moveSideways = (card, step) => {
    const columns = columnsOf();
    const next = columns[columns.indexOf(card.closest("[data-column]")) + step];
    if (next && !locked) move(card.dataset.card, next.dataset.column, true);
  };

  const upOrDown = (card, step) => {
    const cards = cardsOf(card.closest("[data-column]"));
    cards[cards.indexOf(card) + step]?.focus();
  };

  const onKeyDown = (event) => {
    const card = event.target.closest?.("[data-card]");
    if (!card || event.ctrlKey || event.metaKey) return;
    const inside = event.target !== card;
    if (inside && (typing(event.target) || event.target.closest("[role=menu]"))) return;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    const across = event.key === "ArrowLeft" || event.key === "ArrowRight";
    const act = {
      Enter: () => onOpen?.(card.dataset.card),
      " ": () => !locked && onPick?.(card.dataset.card),
      m: () => card.querySelector("[aria-haspopup]")?.click(),
    }[event.key];
    // Enter and Space on a button within the card are the button's own.
    if (!step && (!act || (inside && event.key !== "m"))) return;
    event.preventDefault();
    if (act) act();
    else if (event.altKey) across && moveSideways(card, step);
    else if (across) sideways(card, step);
    else upOrDown(card, step);
  };

  // Before the menu takes the click for itself and closes.
  const onClickCapture = (event) => {
    const target = event.target.closest?.("[data-move]");
    if (target && !locked) move(target.closest("[data-card]").dataset.card, target.dataset.move, true);
  };

  return createElement(
    "div",
    { ref, onKeyDown, onClickCapture, ...rest },
    children,
    createElement("div", { role: "status", "aria-live": "polite", className: "sr-only", key: "said" }, said),
  );
};
