"""The Greenhouse twin: a local simulator of Harvest v3, its token endpoint, file host and webhooks."""
