"""Feeds of vendors: here the two that come with the shop, elsewhere a download."""

from typing import Any

DEMO_FEEDS: dict[str, list[dict[str, Any]]] = {
    "demo://products": [
        {"sku": "TEA-01", "title": "Green tea", "price": "4.90"},
        {"sku": "CUP-01", "title": "Cup", "price": "9.00"},
    ],
    "demo://untidy": [
        {"sku": "POT-01", "title": "Pot", "price": "29.00"},
        {"sku": "POT-02"},
    ],
    "demo://stock": [{"sku": "TEA-01", "stock": 12}],
    "demo://orders": [{"number": "L-1"}, {"number": "L-2"}],
}


class FeedError(Exception):
    """A feed that cannot be read."""


def read_feed(url: str) -> list[dict[str, Any]]:
    """Return the rows of a feed, or raise `FeedError`."""
    if url not in DEMO_FEEDS:
        raise FeedError(f"no feed at {url}")
    return DEMO_FEEDS[url]
