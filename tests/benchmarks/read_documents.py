"""Documents read in a second: in this process, and through the confined child. Run it as a script."""

import asyncio
import io
import time
from collections.abc import Callable

import docx
from reportlab.pdfgen.canvas import Canvas

from core.documents import DocumentReader, Limits
from core.documents.formats import read_file

ROUNDS = 5
LINES = [
    "Platform engineer with nine years of experience in Python, Go and PostgreSQL",
    "Led the move of forty services to Kubernetes and cut deployment time by half",
    "Trained four junior engineers in testing and wrote the guide they still use",
]


def a_pdf() -> bytes:
    """Two pages of running text, about 600 words."""
    target = io.BytesIO()
    canvas = Canvas(target)
    for _ in range(2):
        for place in range(45):
            canvas.drawString(50, 790 - 16 * place, LINES[place % len(LINES)])
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def a_docx() -> bytes:
    """Ninety paragraphs as an office program saves them."""
    document = docx.Document()
    for place in range(90):
        document.add_paragraph(LINES[place % len(LINES)])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def a_text() -> bytes:
    """Ninety lines."""
    return "\n".join(LINES * 30).encode()


def best(once: Callable[[], None]) -> float:
    """Seconds of the fastest of several rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        once()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print one line for each kind of file."""
    limits = Limits()
    with asyncio.Runner() as runner:
        reader = DocumentReader(limits)
        start = time.perf_counter()
        runner.run(reader.read(b"warm up"))
        print(f"first file, with the start of the child: {time.perf_counter() - start:.3f} s")
        for kind, data, count in (("pdf", a_pdf(), 20), ("docx", a_docx(), 40), ("txt", a_text(), 200)):

            async def through(data: bytes = data, count: int = count) -> None:
                for _ in range(count):
                    assert (await reader.read(data)).status == "read"

            def here(data: bytes = data, count: int = count) -> None:
                for _ in range(count):
                    assert read_file(data, limits).status == "read"

            inside, confined = best(here), best(lambda: runner.run(through()))
            print(
                f"{kind:5} in process {count / inside:7.0f}/s   confined {count / confined:7.0f}/s   "
                f"ratio {inside / confined:.2f}"
            )
        runner.run(reader.close())


if __name__ == "__main__":
    main()
