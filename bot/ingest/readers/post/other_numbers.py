"""Titles behind which a number is none of a change: a mail's subject, a label for a telephone, a note.

names_other_number("Re: Boards can be shared", has_sign=True)  -> True    of "Re: Boards can be shared (#1234567)"
names_other_number("phone", has_sign=False)                    -> True    of "phone: 1234567"
names_other_number("Phone numbers", has_sign=False)            -> False
"""

import re

# How the subject of an answer, or of what was handed on, begins in mail programs' languages.
_SUBJECT = re.compile(
    r"(?:(?:subject|betreff|objet|asunto|oggetto|onderwerp)\s?:\s"
    r"|(?:re|fwd?|aw|wg|antw|sv|vs|tr|rv|res|enc|odp)\s?(?:\[\d{1,3}\])?\s?:\s)",
    re.IGNORECASE,
)
_CONTACT = (
    r"(?:(?:our |my |your )?(?:direct |office |work |home |main |mobile |support )?"
    r"(?:phone|telephone|telefon|tel|mobile|mobil|mob|cell|handy|fax|hotline|switchboard|extension|ext|durchwahl|dial"
    r"|whatsapp)(?:\.? (?:no|nr|number))?"
    r"|(?:customer|client|account|contract|invoice|order|vat|tax|company|registration|meeting|passcode|pin)"
    r" (?:no|nr|number|id|code)|[tmfpd])"
)
_LABEL_OF_CONTACT = re.compile(rf"{_CONTACT}\s?[.:]{{0,2}}", re.IGNORECASE)
_ENDS_IN_LABEL = re.compile(rf"(?<!\w){_CONTACT}\s?[.:]{{0,2}}\s?$", re.IGNORECASE)
_CONTACT_WITH_NUMBER = re.compile(rf"{_CONTACT}\s?[.:]{{0,2}}\s?\+?[\d(][\d ()/.-]{{3,30}}", re.IGNORECASE)
# Labels of what is said beside a list.
_LABEL_OF_NOTE = re.compile(
    r"(?:side ?)?(?:notes?|nb|n\.b\.|remarks?|p\.?s\.?|tip|hint|todo|fyi|info|see|cf\.?|hinweis|anmerkung)\s?:?",
    re.IGNORECASE,
)
# "As discussed in the ticket (#1234567)", "Reported by Ann in our ticket", "per the thread"; no title is such, as
# "Requested approvals by mail" and "Per-user limits in the ticket" are.
_TALK = (
    r"(?: (?:the|this|that|our|your|my|support|original)){0,2} (?:ticket|case|call|invoice|thread|mail|email|message)"
)
_REFERS = re.compile(
    r"(?:(?:as|cf\.?) [^,]{0,60}\b(?:in|from|under|via|by|on|see)"
    r"|(?:discussed|mentioned|described|agreed|promised|requested|reported|raised|explained|noted|announced|shown|seen"
    r"|asked)(?: (?:with|by|to|at) \w{1,20}(?: \w{1,20})?)? (?:in|from|under|via|by|on)"
    rf"|per){_TALK}",
    re.IGNORECASE,
)
MAX_LENGTH = 60  # characters of a label


def names_other_number(title: str, has_sign: bool) -> bool:
    """Whether a number behind a title is that of something else; `has_sign`: # stands before it, which nobody writes
    before a telephone number.
    """
    if len(title) > 3 * MAX_LENGTH:
        return False
    return bool(
        _SUBJECT.match(title)
        or _LABEL_OF_NOTE.fullmatch(title)
        or _REFERS.fullmatch(title)
        or _CONTACT_WITH_NUMBER.fullmatch(title)
        or (not has_sign and _LABEL_OF_CONTACT.fullmatch(title))
    )


def ends_in_contact_label(before: str) -> bool:
    """Whether the last words before digits say that they are a telephone number, or a customer's: "Company number"."""
    return _ENDS_IN_LABEL.search(before[-MAX_LENGTH:]) is not None


def says_contact(text: str) -> bool:
    """Whether a line is no more than a telephone number, or a customer's, with its label."""
    return len(text) <= MAX_LENGTH and _CONTACT_WITH_NUMBER.fullmatch(text) is not None
