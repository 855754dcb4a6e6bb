"""Takes out of a text who wrote it, before any scorer sees it.

Names, contacts, links, addresses, births, schools, graduation years, pronouns, titles and what tells of
family, origin or belief become one neutral mark, the same for everybody. The offsets of what stays lead
back to the original. Two people whose texts differ only in who they are leave the same text to the byte.
"""

import msgspec

from core.screening.deidentify.addresses import around, streets
from core.screening.deidentify.contacts import contacts, digits, handle, known
from core.screening.deidentify.foreign import foreign
from core.screening.deidentify.guess import also_called, guessed
from core.screening.deidentify.keys import Identity, keys_of
from core.screening.deidentify.names import names
from core.screening.deidentify.page import Page
from core.screening.deidentify.personal import personal
from core.screening.deidentify.schools import schools
from core.screening.deidentify.sections import sections
from core.screening.deidentify.spans import MARK, Deidentified, Span, without
from core.screening.deidentify.years import graduation_years

__all__ = ["MARK", "Deidentified", "Identity", "Span", "deidentify", "guessed", "recognised"]


def deidentify(text: str, identity: Identity) -> Deidentified:
    """The text without the person; the same for any two people whose texts differ only in who they are."""
    page = Page(text)
    reach = contacts(page) + streets(page)
    if identity.names:
        called = also_called(page, identity, reach)
        identity = msgspec.structs.replace(identity, names=(*identity.names, *called))
    reach += known(text, (*identity.emails, *map(handle, identity.emails), *identity.links))
    reach += [span for phone in identity.phones for span in digits(text, phone)]
    who, studies = names(text, keys_of(identity)), sections(page)
    spans = [*reach, *who, *around(page, reach, who), *personal(page), *foreign(text)]
    return without(text, [*spans, *schools(page, studies), *graduation_years(page, studies)])


def recognised(text: str, identity: Identity) -> Identity:
    """The identity with the name the text gives, where it bears none that is known: another script, no ATS."""
    keys = keys_of(identity)
    if identity.names and names(text, keys):
        return identity
    found = guessed(text)
    return msgspec.structs.replace(
        identity, names=(*identity.names, *found.names), emails=(*identity.emails, *found.emails)
    )
