"""Resumes as text, HTML, RTF: the same content in the plainest shapes."""

from html import escape

from core.sdk.testing.cast.model import CastEmployment, CastPerson


def contact(person: CastPerson) -> str:
    """One line of how to reach somebody."""
    return " | ".join((person.city, person.phone, person.email, *person.links))


def period(employment: CastEmployment) -> str:
    """MM/YYYY - MM/YYYY, or until now."""
    return f"{_month(employment.start)} - {_month(employment.end) if employment.end else 'present'}"


def _month(moment: str) -> str:
    year, _, month = moment.partition("-")
    return f"{month}/{year}"


def lines(person: CastPerson) -> list[tuple[str, str]]:
    """(kind, text) for every line; kinds are name, contact, heading, title, meta, bullet, text."""
    found = [
        ("name", f"{person.first_name} {person.last_name}"),
        ("contact", contact(person)),
        ("heading", "Profile"),
        ("text", person.summary),
        ("heading", "Experience"),
    ]
    for employment in person.employments:
        found.append(("title", f"{employment.title}, {employment.company}"))
        found.append(("meta", period(employment)))
        found += [("bullet", bullet) for bullet in employment.bullets]
    found.append(("heading", "Education"))
    for education in person.educations:
        found.append(("title", f"{education.degree} in {education.discipline}"))
        found.append(("meta", f"{education.school}, {education.start_year} - {education.end_year}"))
    found.append(("heading", "Skills"))
    found.append(("text", ", ".join(person.skills)))
    found.append(("heading", "Languages"))
    found.append(("text", ", ".join(person.languages)))
    if person.certifications:
        found.append(("heading", "Certificates"))
        found += [("bullet", certificate) for certificate in person.certifications]
    return found


def as_text(person: CastPerson) -> bytes:
    """A text file."""
    return "\n".join(f"- {text}" if kind == "bullet" else text for kind, text in lines(person)).encode()


def as_html(person: CastPerson) -> bytes:
    """A web page."""
    tags = {"name": "h1", "heading": "h2", "title": "h3", "bullet": "li"}
    body = "".join(
        f"<{tags.get(kind, 'p')}>{escape(text)}</{tags.get(kind, 'p')}>" for kind, text in lines(person)
    )
    return f"<!doctype html><html><head><title>CV</title></head><body>{body}</body></html>".encode()


def as_rtf(person: CastPerson) -> bytes:
    """A rich text file with characters beyond ASCII as \\u escapes."""

    def encode(text: str) -> str:
        safe = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in safe)

    body = "\\par\n".join(
        f"\\b {encode(text)}\\b0" if kind in {"name", "heading"} else encode(text)
        for kind, text in lines(person)
    )
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Helvetica;}}\\f0\\fs22 " + body + "}").encode("ascii")
