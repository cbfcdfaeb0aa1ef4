"""The product: what Bong Srey knows and does."""

import os

# python-telegram-bot is on its way from seconds to timedelta; this asks for timedelta now.
os.environ.setdefault("PTB_TIMEDELTA", "true")
