"""`python -m guidepress` is the same as the command `guidepress`."""

import sys

from guidepress.cli import main

sys.exit(main())
