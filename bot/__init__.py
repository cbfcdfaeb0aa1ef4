"""The product: what Bong Srey knows and does."""
