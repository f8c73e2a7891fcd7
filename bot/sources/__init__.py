"""Where articles come from: feeds, listing pages and channels, over one polite and guarded HTTP client."""
