"""All write endpoints: importing this module fills the table."""

from plugins.greenhouse.twin import write_applications, write_fields, write_hooks, write_people
from plugins.greenhouse.twin.write_table import WRITES, Write, WriteCall

MODULES = (write_applications, write_fields, write_hooks, write_people)

__all__ = ["MODULES", "WRITES", "Write", "WriteCall"]
