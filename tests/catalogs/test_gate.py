"""Only messages that keep the structure of their source reach a reader; the rest is reported by line."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

