// A button that sends a chosen file to an address of ours and hands on what came back.
import { createElement, useState } from "react";

export const FilePicker = ({ target, accept, face, onDone, children, ...rest }) => {
  const [busy, setBusy] = useState(false);

  const send = async (event) => {
    const [file] = event.target.files;
    // The same file may be chosen again once it has been corrected.
    const chosen = event.target;
    if (!file) return;
    setBusy(true);
    try {
      const answer = await fetch(target, { method: "POST", body: file, headers: { "content-type": "text/csv" } });
      onDone(answer.status, await answer.text());
    } catch {
      onDone(0, "");
    } finally {
      chosen.value = "";
      setBusy(false);
    }
  };

  const input = createElement("input", { type: "file", accept, onChange: send, disabled: busy, className: "sr-only" });
  return createElement("label", { className: face, "aria-busy": busy, ...rest }, input, children);
};
