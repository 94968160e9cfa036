"""``python -m draad``: the draad command."""

import sys

from draad.config.command import main

sys.exit(main())
