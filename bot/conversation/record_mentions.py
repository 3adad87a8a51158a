"""Whether a text is about records in HaloPSA: "a ticket", "the invoices". Somebody who asks to be told about "the open
tickets" more likely means the tickets themselves than changes in the area of that name.
"""

import re

from bot.search.marked_pattern import LazyPattern

_THING = (
    r"(?:tickets?|invoices?|quotes?|quotations?|projects?|tasks?|assets?|devices?|contracts?|agreements?|clients?"
    r"|customers?|users?|agents?|technicians?|contacts?|sites?|queues?|chats?|calls?|e-?mails?|requests?|incidents?"
    r"|problems?|articles?|suppliers?|items?|products?|orders?|opportunit(?:y|ies)|leads?|reports?|dashboards?"
    r"|approvals?|workflows?|appointments?|timesheets?|payments?|messages?|comments?|notes?|surveys?|templates?"
    r"|teams?|jobs?|bills?|expenses?|licen[cs]es?|documents?|files?|forms?|fields?|mailbox(?:es)?|calendars?|services?"
    r"|subscriptions?|persons?|people|staff|engineers?|managers?)"
)
# A new version is not one of many.
_ONE = LazyPattern(
    r"(?:an?|any|someone['’]?s?|somebody|my|our|one of|each|every)\b"
    r"(?! new (?:halo(?:psa)? )?(?:versions?|releases?|episodes?)\b)(?! (?:change|update)s? (?:in|of|to)\b).*"
    rf"|(?:the|this|that|these|those|all|new|closed|open)(?: [\w-]+){{0,2}} {_THING}"
    r"|the (?:customer|client|agent|user)\b.*",
    re.IGNORECASE,
)
_MANY = LazyPattern(rf"(?:[\w-]+ ){{0,2}}{_THING}", re.IGNORECASE)


def names_one_record(text: str) -> bool:
    """Whether a text names particular records: "a ticket", "the open tickets"."""
    return _ONE.fullmatch(text.strip()) is not None


def names_record_type(text: str) -> bool:
    """Whether a text names a type of record: "tickets", "closed tickets"."""
    return _MANY.fullmatch(text.strip()) is not None
