"""A button that sends a file straight to the API: Reflex's own upload would keep a copy anybody may fetch."""

import reflex as rx

_FILES = rx.asset("filepicker.jsx", shared=True).importable_path


def _answer(status: rx.Var[int], body: rx.Var[str]) -> tuple[rx.Var[int], rx.Var[str]]:
    return (status, body)


class FilePicker(rx.NoSSRComponent):
    """Posts the chosen file's bytes to `target`; `on_done` gets the HTTP status (0: no answer) and the body."""

    library = _FILES
    tag = "FilePicker"
    target: rx.Var[str]
    accept: rx.Var[str]
    face: rx.Var[str]
    on_done: rx.EventHandler[_answer]  # type: ignore[type-arg, valid-type]
