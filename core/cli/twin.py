"""Runs a vendor's twin alone, so that any client can be pointed at it."""

import importlib

import click

from core.errors import Invalid


@click.command()
@click.argument("vendor")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8400,
    show_default=True,
    help="Port to listen on, 0 for a free one.",
)
@click.option(
    "--applications",
    type=click.IntRange(min=1),
    default=320,
    show_default=True,
    help="Applications in the account.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=8, show_default=True, help="Jobs in the account.")
def twin(vendor: str, port: int, applications: int, jobs: int) -> None:
    """Run the twin of VENDOR (such as greenhouse) with a seeded account until interrupted."""
    try:
        # Plugins bring their twins; the core knows only where a twin is by convention.
        serving = importlib.import_module(f"plugins.{vendor}.twin.serve")
        seeding = importlib.import_module(f"plugins.{vendor}.twin.seed")
    except ModuleNotFoundError as error:
        raise Invalid(f"There is no twin of “{vendor}”.", "Try: shortlist twin greenhouse.") from error
    from core.sdk.testing.cast import make_cast

    account = seeding.seed_account(make_cast(applications=applications, jobs=jobs))
    try:
        serving.run_twin(account, port=port)
    except OSError as error:
        raise Invalid(
            f"Port {port} cannot be used: {error.strerror}.", "Choose another with --port."
        ) from error
