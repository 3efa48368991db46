"""To be imported first by a service's `main`: what its libraries need not load.

httpx and structlog load rich, which draws pictures for terminals, wherever it happens to be installed (it comes with tools
of development). No service uses it: 3 MB and 80 ms in each.
"""

import sys
from typing import Final

UNUSED: Final = "rich"

sys.modules.setdefault(UNUSED, None)  # type: ignore[arg-type]  # its import then fails as if it were not installed
