"""The entry of the server: Reflex finds its compiled screens, Litestar is the application."""

import os
import sys
from typing import Any

from ui.build import WEB, ensure_frontend


def factory() -> Any:
    """The ASGI application with its screens, for `granian ui.serve:factory --factory`."""
    ensure_frontend()
    os.environ.update(
        REFLEX_WEB_WORKDIR=str(WEB),
        REFLEX_ENV_MODE="prod",
        REFLEX_BACKEND_ONLY="true",
        REFLEX_CHECK_LATEST_VERSION="false",
    )
    # Reflex reads rxconfig.py from the working directory and from nowhere else.
    os.chdir(WEB)
    sys.path[:] = [path for path in sys.path if path]
    from reflex_base.environment import environment

    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    from ui.app import app

    return app()
