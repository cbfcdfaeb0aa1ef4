"""Which release this is: what `bongsrey --version` says and the package is built as."""

VERSION = "0.1.0"
