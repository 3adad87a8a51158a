"""Digests: what people say of one (the parsers), when it is due (`calendar`), what is in it (`selection`, `builder`),
what people can do with it (`service`), and what drives it (`runner`). `bot.slack.publisher` posts it.
"""
