"""Whether a question asks for a list, and which of its words only say so.

A list: "everything to do with NinjaOne", "all avalara changes", "what changed with quotes", "portal stuff", "jira
changes pls", "quickbooks since 2.206". Not "everything is slow", "all agents see every ticket", "what changed the
status": a sentence has a verb or an article. Pure.
"""

import re
from functools import lru_cache

from bot.search.marked_pattern import LazyPattern, MarkedPattern
from bot.text import STOP_WORDS, words

_SHOW = (
    r"(?:(?:please |can you |could you |can i |could i |may i )?"
    r"(?:show|list|give|tell|find|see|get|display|name|whats|what is|need|want|i need|i want|id like)"
    r"(?: me| us)?(?: a| the)?(?: (?:full|complete|whole|entire))? ?(?:list of |overview of |summary of "
    r"|rundown of )?(?:the )?)?"
)
_ALL = r"(?:everything|anything|all|every|any|whatever)"
_NEWS = (
    r"(?:changes?|updates?|features?|improvements?|enhancements?|additions?|news|stuff|things?|bits|fixes|options"
    r"|settings|tweaks|entries|items)"
)
_PLURAL_NEWS = r"(?:changes|updates|features|improvements|enhancements|additions|news|stuff|things|bits|fixes|tweaks)"
_ABOUT = r"(?:for|about|on|in|with|regarding|around|of|new|changes|since|from|relevant|we|that)"
_VERB = (
    r"(?:is|are|was|were|be|gets?|got|has|have|does|do|did|will|can|cant|cannot|goes|go|comes?|keeps?|falls?|sees?"
    r"|looks?|needs?|stops?|which|ways?)"
)
_LIST = MarkedPattern(
    rf"^{_SHOW}{_ALL}(?: (?:of )?(?:the|it))?(?!.*\b{_VERB}\b)(?: {_ABOUT}\b|(?: \S+){{0,4}}$)"
    rf"|^(?:\S+ ){{1,3}}(?:(?:and|or|plus) (?:\S+ ){{1,3}})?{_PLURAL_NEWS}$"
    rf"|^{_SHOW}{_PLURAL_NEWS}\b"
    rf"|^(?:which|what) (?:\S+ ){{0,3}}(?:were|was|got|are|have been|has been|did they"
    rf"|did halo) ?(?:new(?:ly)? )?(?:added|add|introduced|released|changed|shipped|announced)"
    rf"|^(?:which|what) (?:\S+ ){{0,3}}(?:changed|changes)\b(?! (?:the|my|our|an?)\b)"
    rf"|^(?:which|what) (?:new )?{_PLURAL_NEWS} (?:do|does|did|are|were|is|was|have|has|come|came|for|in|about"
    rf"|on|touch|affect|concern)\b"
    rf"|\bwhat(?:s| is| has|s been| has been| have they| did they| was| were)? ?"
    rf"(?:new|added|changed|changes|change|different|happened|improved|done)\b(?! (?:the|my|our|an?)\b)"
    rf"|^(?:\S+ ){{0,3}}(?:new|latest|recent) {_PLURAL_NEWS}\b"
    rf"|^(?:whats new|any news|{_SHOW}new(?= {_ABOUT}\b|$))"
    rf"|^(?:is|was|are|were)? ?(?:there|has there been|have there been|did|has|have|got|do you have"
    rf"|do we have)? ?(?:been )?"
    rf"(?:anything|something|any news|any {_NEWS})(?: (?:new|change[ds]?|happen(?:ed)?|recent))? (?:for|about"
    rf"|on|with|in|to)\b"
    rf"|^where (?:did|have|has) (?:they|halo|you) (?:add|added|put|introduced?)\b"
    rf"|\b(?:full|whole|complete|entire) list\b|\b(?:list|all of (?:it|them)|show all)$|^(?:list|overview"
    rf"|summary|rundown) of\b"
    rf"|\b{_PLURAL_NEWS} worth\b",
    "every any all whatever some new chang updates features improvements enhancements additions stuff things bits fixes"
    " tweaks add introduce released shipped different happened improved done put list overview summary rundown",
    flags=0,
)
# Other ways to ask for one: "what else is there on approvals", "the latest on quickbooks", "how has chat changed".
_MORE_FORMS = MarkedPattern(
    rf"^(?:can you |could you |please )?(?:list|show|give me|tell me about|send me|round ?up of|recap of)"
    rf" (?:me )?(?:all )?(?:of )?(?:the )?(?:\S+ ){{0,3}}{_PLURAL_NEWS}\b|^catch (?:me|us) up on\b"
    r"|^(?:whats|what is|whats been|what has been) (?:happening|going on|the latest|latest|up) (?:with|on|for|in)\b"
    r"|^(?:the )?latest (?:on|for|about|in)\b"
    r"|^what (?:else )?(?:came|is there|do you (?:have|know)|do we have|can you tell me|did (?:halo|they|you) do)"
    r"(?: in)? (?:for|on|about|with|to)\b"
    rf"|^(?:which|what) (?:\S+ ){{1,2}}(?:relate|relates|belong|belongs|are new|are about|is new)\b"
    rf"|^(?:are|were|was) there (?:any )?(?:\S+ ){{0,3}}{_PLURAL_NEWS}$"
    rf"|^what are (?:all )?(?:the )?(?:\S+ ){{0,3}}{_PLURAL_NEWS}$|^are there any (?:\S+ ){{0,3}}{_PLURAL_NEWS}$"
    r"|^each change\b|^(?:how|where) (?:has|have|did) (?:the )?(?:\S+ ){1,3}(?:changed|change|improved|improve)$"
    r"|^(?:every|any)where (?:they|halo|you) (?:added|changed|put)\b|^where (?:is|are) \S+ new$"
    r"|\bacross the board$|\b(?:everything|anything|anything new|(?:all|any) (?:changes|updates|news))$"
    r"|^what (?:did|has|have) (?:halo(?:psa)?|they|you) (?:changed?|improved?|add(?:ed)?|do|done|fix(?:ed)?|buil[dt])"
    r"(?: new)? (?:in|on|about|with|for|to|around|at)\b"
    r"|^what (?:got|gets|is|has got|became) (?:better|nicer) (?:in|for|with|on|about)\b"
    rf"|^ha(?:ve|s) there (?:ever )?been (?:any |some )?(?:\S+ ){{0,2}}{_NEWS}\b"
    r"|^(?:each|every)(?: single| and every)? (?:\S+ ){1,3}(?:change|update|improvement|feature|addition)$"
    r"|^what (?:else|more) (?:on|about|for|with|in)\b|^what (?:do|did|will|would) we get (?:for|on|with|in)\b"
    r"|^whats in it for\b|^list (?!view|column|filter|layout|field|sort|screen|item)(?:\S+ ){0,2}\S+[^siu]s$",
    "every any each new chang updates features improve enhancements additions stuff things bits fixes tweaks add list"
    " latest catch happening going s_up is_up been_up came there you_have you_know we_have tell_me halo_do psa_do"
    " they_do you_do done fix buil relate belong are_about across_the_board better nicer what_else what_more we_get"
    " in_it_for",
    flags=0,
)
# A list of what is new itself: "new integrations", "integrations added since 2.210", "which templates were added". Not
# "new portal changes", which are all there are on the portal.
_ADDED = r"(?:newly |recently |just )?(?:added|introduced)"
_NEW_THING = rf"(?!.*\b{_NEWS}\b)(?!{_ABOUT}\b)(?:\S+ ){{0,2}}\S+[^siu]s"
_ADDITIONS = LazyPattern(
    rf"^{_SHOW}(?:{_ALL} )?(?:the )?(?:brand )?(?:new|latest|newest|{_ADDED}) {_NEW_THING}$"
    rf"|^(?:{_SHOW}(?:{_ALL} )?(?:the )?|(?:which|what) (?:\S+ )?){_NEW_THING}"
    rf" (?:(?:that |which )?(?:were|are|got|have been|halo|they|have they|did they|did halo) )?(?:{_ADDED}|add|new)$"
    rf"|^(?:which|what) new {_NEW_THING}(?: (?:are there|do we have|did we get|have we got|came|exist|can we use))?$"
)
_NEW_WORDS = frozenset({"new", "newest", "latest", "added", "add", "introduced"})
_CONDITION = LazyPattern(r"\b(?:when|if|because|until|while|unless|whether)\b")
# Beside versions, which are taken out of it: "what does 2.214 do for contracts", "does 2.214 touch the portal".
_OF_A_VERSION = LazyPattern(
    r"^what(?:s| is| are) (?:in|there) (?:for|on|about)\b"
    r"|^what (?:did|does|do|will|would|has|have) (?:bring|do|change|have|add|improve|fix|give us|contain|include|offer)"
    r" (?:for|in|on|about|with|to)\b"
    r"|^(?:did|does|will|do|has|have) (?:(?:change|touch|affect|have|bring|add|improve|do) )?"
    rf"(?:anything|something|any {_NEWS}|(?<=touch )|(?<=affect )|(?<=change ))\b"
    r"|^(?:has|have|did) (?:the )?(?:\S+ ){1,3}(?:changed?|improved?)$"
    rf"|^(?:what|which) (?:\S+ ){{1,3}}{_PLURAL_NEWS} (?:does|did|do|has|have)"
    r"(?: (?:have|bring|get|contain|include|add))?$"
)
# Not a list: a question how something is done.
_HOW_TO = LazyPattern(
    r"^any (?:idea|chance|way|reason|hope|plans?)\b|^anything (?:wrong|broken|odd|weird)\b|^list of \S+ (?:is|are)\b"
    r"|^is there anything on the\b|^(?:how|can|could|why|when|does|is there a|stop|prevent"
    r"|where (?!did they|have they|has halo))\b"
)
_TO_ABOUT = LazyPattern(
    r"\b(?:(?:that|which) (?:has|have|is|are) )?(?:(?:having |got |has )?to do with|relat(?:ed|es|ing) to"
    r"|pertaining to|touching(?: on)?"
    r"|concerning|involving|affecting|connected (?:to|with)|relevant (?:to|for)|impacting|mentioning|around)\b"
)
# A text has one reading as a row of these: a word that could be read as two of them would make the search exponential.
_WHICH_CONCERNS = LazyPattern(
    r"\b(?:that|which) (?:touch(?:es|ed)?|mentions?|concerns?|affects?|involves?|impacts?|covers?)\b"
)
_YOU_HAVE = LazyPattern(
    r"(?<!do )(?<!what )\b(?:that )?(?:you|we) (?:have|know|hold|got|have got|can find)"
    r" (?=(?:about|on|for|of|regarding)\b)"
)
_SHOW_BARE = LazyPattern(r"^(?:(?:show|list|find|get|give) (?:(?:me|us|all|the) )+|more (?:on|about) |what about )")
# What stands before a request and says no more than that it is one.
_ASKING = LazyPattern(
    r"^(?:can|could|would|will) (?:you|i|we) (?:please )?"
    r"(?=(?:show|list|give|tell|summari[sz]e|pull|dig|bring|compile|gather|collect|fetch|grab|look|filter)\b)"
    r"|^(?:(?:can|could) (?:you|i|we) (?:please )?(?:find|see|get|have)|(?:i|we) (?:want|need|would like)|id like|need"
    r"|(?:(?:im|we are) )?looking for|search(?: for)?|summari[sz]e|sum up)(?: to (?:see|know|have|get))?"
    rf" (?=(?:\S+ ){{0,6}}(?:{_PLURAL_NEWS}|everything|anything|whatever)\b)(?:about )?(?:(?:a|the) )?"
)
_CHANGE_LOG = r"(?:(?:release|patch) notes|changelogs?)"  # a "change log" is an audit
_CHANGES_FOR = LazyPattern(rf"^(?:the )?(?:{_CHANGE_LOG}|roundup|mentions|topics?) (?:(?:for|of|on|about) )?(?=\S)")
_THINGS = r"(?:things|screens|records|areas|lists|entities|parts|places|tables|objects|modules|pages|documents|kinds)"
_THINGS_THAT_GOT = LazyPattern(
    rf"^(?:which|what) {_THINGS} (?:now )?(?:got|have got|have|gained|get|support|use)(?: now)? (?:an? |the |new )?"
    r"|^(?:which|what)(?: else)? can (?:now )?be (?=(?:\S+ ){0,4}now$)|^(?:which|what)(?: else)? can now be "
    r"|^(?:which|what) (?:can be|is|are)(?: now)? (?=(?:now )?\S+ed(?: now)?$)"
)
_CHANGES_LAST = LazyPattern(
    rf" {_CHANGE_LOG}$| (?:and )?(?:everything|all) (?:else )?(?:around|about|on|to do with) (?:it|them|that)$"
)
_TAIL = LazyPattern(
    r"(?: (?:pls|please|plz|(?:many )?(?:thanks|thank you)(?: a lot| so much| very much)?|in advance|thx"
    r"|cheers|halo|halopsa|(?:parts?|bits) of|lately|recently|so far|at all"
    r"|anywhere|ever|total|then|now|only"
    r"|(?:(?:across|over|of) )?(?:all|every|any|each) (?:the )?(?:versions?|releases?)"
    r"|for|in|since|from|and|on|with|to|at))+$"
)
_HEAD = LazyPattern(r"^(?:(?:hi|hey|hello|ok|okay|so|and|also|please|pls|guys|team|halo|halobot|only|just)\b ?)+")
SEPARATOR = LazyPattern(r"[,;/&+]|\b(?:and|or|plus)\b", re.IGNORECASE)  # between several subjects
_SENTENCE = LazyPattern(
    rf"\b(?:i|we|you|they|he|she|it|{_VERB}|not|when|how|why|where|who|if|because|isnt|arent|doesnt|dont|wont|my|our)\b"
)
# "help me with billing", "a question about kb", "quickbooks info".
_HELP_WITH = MarkedPattern(
    r"\W{0,9}(?:(?:please|can you|could you|hi|hey|hello|i|we|need|have|got|some|any|an?|quick|bit of)[\s,]+){0,6}"
    r"(?:help(?:ing)?(?: me| us)?(?: out)? (?:with|on|for)|questions? (?:about|on|regarding|for|re)"
    r"|info(?:rmation)? (?:about|on|regarding|for)|(?:tell|teach) (?:me|us) (?:more |something )?about)"
    r" (?:the |our )?(?P<before>[^,.;:!?]{2,40}?)(?:,? (?:please|pls|thanks))?[\s.!?]{0,9}"
    r"|\W{0,9}(?P<behind>[^,.;:!?]{2,40}) (?:help|info|information|questions?)[\s.!?]{0,9}",
    "help info question about",
)
MAX_HELP_LENGTH = 100  # characters of a text that asks for help with something
MAX_SUBJECT_WORDS = 4  # of a bare subject beside a range of versions
MAX_REQUEST_WORDS = 60  # the rest of a text that was pasted is ignored
MAX_WORDS_OF_REQUEST = 8  # around a bare subject: "hi, can you show me all the …, please"
MAX_BARE_WORDS = 3  # of a question that is nothing but a subject: "quickbooks", "mail campaigns", "popups on tickets"

_LIST_WORDS = frozenset(
    """
    recap roundup catch happening happen everything anything something all every any whatever list lists show give
    tell find see new newest news latest recent recently lately change changes changed update updates updated feature
    features improvement improvements improved enhancement enhancements addition additions stuff things thing fixes
    tweaks happened different worth knowing release releases version versions halo halopsa psa people folks guys
    related relating relevant touching concerning involving affecting regarding pertaining mentioning connected
    impacting done overview summary rundown important interesting added add introduced introduce announced released
    shipped bits better newly
    episode full complete whole entire total across pls plz thx cheers entries items entry sort kind display upgrade
    upgrading compare comparison miss missed missing
    """.split()
)
IGNORED_IN_LISTS = STOP_WORDS | _LIST_WORDS


_CHANGES = LazyPattern(
    r"\b(?:changes?|updates?|features?|improvements?|enhancements?|additions?|fixes|tweaks|new"
    r"|changed|added|introduced|improved|fixed)\b",
    re.IGNORECASE,
)


def asks_for_changes(text: str) -> bool:
    """Whether a list is asked for changes, and not for all that there is: no guides, no FAQ answers."""
    return bool(_CHANGES.search(text))


_TEAM = r"(?:team|department|people|folks|guys)"
_TOLD_TO = LazyPattern(  # "what should the finance team know about 2.214", without the version
    rf"^what (?:(?:should|must|do|can) (?:we|i) tell|should|must|do|does) (?:the|our) (\S+)(?: {_TEAM})?"
    r"(?: (?:need to |have to )?know)?(?: about| of)?$"
)
_FOR_A_TEAM = LazyPattern(rf"\b(for|about|to) (?:the|our) (\S+) {_TEAM}\b")
# "anything that has been done on", "what was done to", "everything that happened around"; "anything new on" stays.
_HAPPENED = LazyPattern(
    rf"^(?:{_ALL}|what|which) (?:(?:thats?|which|has|have|had|was|were|is|are|been|being|got|ever|halo|they) ){{1,4}}"
    r"(?:done|happened|happening|made|worked|moved|going)(?: on| in)? (?:on|to|for|with|around|about|in|regarding) "
)
_RELATED = LazyPattern(  # "tax related stuff", "just the mail campaign ones"
    rf"^(?:{_ALL} |the )?((?!what|which|is|are|how)\S+(?: \S+){{0,2}}) (?:related(?: {_NEWS}| ones)?|ones)$"
)
# Before a subject of a few words, and nothing else: "bring us up to speed on", "any movement on", "what's the story
# with", "pull up", "which of these mention".
_ON = r"(?:about|on|for|with|of|regarding|around|in|to)"
_SUMMARY = r"(?:run ?down|run through|overview|summary|round ?up|recap|digest|breakdown|briefing|list|picture)"
_REQUEST = LazyPattern(
    rf"^(?:(?:(?:i|we) (?:want|need|would like|have|am trying|are trying)|id like|trying|want|need|time) to "
    rf"(?:read up|catch up|hear|learn|know|read|find out)(?: more| all| everything)? {_ON}"
    rf"|(?:bring|get|keep|put) (?:me|us|everyone|the team) (?:back )?(?:up to (?:speed|date)|in the picture) {_ON}"
    rf"|what(?:s| is| was|s been| has been)? (?:the )?(?:story|situation|deal|state of play|status|score|news) {_ON}"
    rf"|any (?:movement|progress|developments?|word|action|activity|good news) {_ON}"
    r"|(?:filter|narrow|restrict)(?: it| this| that| them)?(?: down)? (?:to|by|on|for)"
    r"|(?:search|look|looking)(?: up| for)?|(?:pull|dig|bring|look|call)(?:ing)? (?:up|out|together)"
    r"|(?:compile|gather|collect|fetch|grab|print|dump)(?: me| us)?"
    rf"|(?:(?:give|do|write|make|send|show|get)(?: me| us)? )?an? (?:\S+ )?{_SUMMARY} {_ON}"
    rf"|(?:which|what)(?: (?:one|ones|of (?:these|those|them)|{_NEWS}))? (?:touch|mention|concern|affect|involve|cover"
    rf"|impact|deal with|apply to|(?:are|is|were|was) (?:{_ON}|relevant (?:to|for)))(?:e?s)?"
    r"|what (?:else )?(?:do|should|must|does|would|ought|did) (?:i|we|you|they|people|everyone|anyone|one)"
    rf" (?:(?:need|have|want|ought|got) to |really )?(?:know|be aware|have|had|got|do|get)(?: now)? {_ON}"
    rf"|what (?:has |have |did |was |were )?(?:came|come|been coming|landed|shipped|turned up)(?: out| in)? {_ON}"
    rf"|what (?:have|has|did|do) (?:they|you|halo|we) (?:been )?(?:doing|got|done|changing|built|had|up to) {_ON}"
    r")(?: all| any| every)?(?: the)?(?= (?:\S+ ){0,3}\S+$)"
)
_HAD = LazyPattern(
    r" (?:(?:that )?(?:we|you|they|halo|weve|youve|theyve)(?: ve| have| has)? (?:had|got|made|seen|shipped|released"
    r"|announced|published|know of|know about)|(?:have|did) (?:we|you|they|halo) (?:had?|got|get|see|seen|make|made)"
    r"|in (?:the|your) (?:list|catalogue|catalog|notes)"
    r"|for (?:me|us|(?:a|the|my|our) (?:meeting|boss|manager|team|call|review)|tomorrow|today))$"
)
# What makes a request plainer, in this order, each with the words of which it needs one.
_PLAINER = tuple(
    (frozenset(needed.split()), pattern, plainer)
    for needed, pattern, plainer in (
        (
            "we you they halo weve youve theyve list catalogue catalog notes me us meeting boss manager team call"
            " review tomorrow today",
            _HAD,
            "",
        ),
        ("every each brand", LazyPattern(r"(?<=\bevery) single\b|(?<=\beach) and every\b|\bbrand (?=new\b)"), ""),
        ("top", LazyPattern(rf"\b(?:the )?top (?:\d{{1,2}}|three|five|ten) (?=(?:\S+ ){{0,2}}{_NEWS}\b)"), ""),
        ("can could would will i we id need im looking search summarise summarize sum", _ASKING, ""),
        ("everything anything all every any whatever what which", _HAPPENED, "everything about "),
        (
            "i we id trying want need time bring bringing get keep put what whats any filter narrow restrict search"
            " look looking pull pulling dig diging call calling compile gather collect fetch grab print dump give do"
            " write make send show a an which",
            _REQUEST,
            "everything about",
        ),
        ("related ones", _RELATED, r"everything about \1"),
        ("what", _TOLD_TO, r"everything for \1"),
        ("team department people folks guys", _FOR_A_TEAM, r"\1 \2"),
        ("release patch changelog changelogs roundup mentions topic topics", _CHANGES_FOR, "changes for "),
        ("which what", _THINGS_THAT_GOT, "everything about "),
        ("release patch changelog changelogs everything all", _CHANGES_LAST, " changes"),
        (
            "do related relates relating pertaining touching concerning involving affecting connected relevant"
            " impacting mentioning around",
            _TO_ABOUT,
            "about",
        ),
        ("that which", _WHICH_CONCERNS, "about"),
        ("you we", _YOU_HAVE, ""),
    )
)
_ANY_PLAINER = frozenset().union(*(marks for marks, _, _ in _PLAINER))
# The words that a loose end ends with, and those that a loose beginning begins with.
_TAIL_ENDS = frozenset(
    """
    pls please plz thanks thx you cheers advance lot much
    halo halopsa of lately recently far all anywhere ever total then now only
    version versions release releases for in since from and on with to at
    """.split()
)
_HEAD_STARTS = frozenset("hi hey hello ok okay so and also please pls guys team halo halobot only just".split())


def plain_request(query_words: list[str]) -> str:
    """The words of a question, without greeting, politeness and what hangs loose at its end; the many ways to ask for
    the changes of something become one.
    """
    return _plain(" ".join(query_words[:MAX_REQUEST_WORDS]))


@lru_cache(maxsize=500)  # it is asked for several times while a question is parsed
def _plain(text: str) -> str:
    found = text.split(" ")
    plain = _HEAD.sub("", text) if found[0] in _HEAD_STARTS else text
    plain = _TAIL.sub("", plain) if found[-1] in _TAIL_ENDS else plain
    if not _ANY_PLAINER.isdisjoint(found):
        for marks, pattern, plainer in _PLAINER:
            if not marks.isdisjoint(plain.split(" ")):
                plain = pattern.sub(plainer, plain)
    return plain


def subject_of_help(text: str) -> str:
    """What help or information is asked with; empty where none is asked for: "help users log in"."""
    if len(text) > MAX_HELP_LENGTH or not (match := _HELP_WITH.fullmatch(text)):
        return ""
    return str(match["before"] or match["behind"]).strip()


def asks_for_additions(query_words: list[str]) -> bool:
    """Whether a question asks for what is new itself, and not for all changes of something."""
    if _NEW_WORDS.isdisjoint(query_words):
        return False
    plain = plain_request(query_words)
    return bool(_ADDITIONS.search(plain)) and not (_HOW_TO.match(plain) or _CONDITION.search(plain))


def is_bare_subject(query_words: list[str]) -> bool:
    """Whether a question is nothing but a subject: who types "quickbooks" wants to see what there is about it."""
    if len(query_words) > MAX_BARE_WORDS + MAX_WORDS_OF_REQUEST:
        return False
    plain = _SHOW_BARE.sub("", plain_request(query_words))
    return 0 < len(plain.split()) <= MAX_BARE_WORDS and not (_SENTENCE.search(plain) or _HOW_TO.match(plain))


def has_verb(text: str) -> bool:
    """Whether a text is a sentence or a part of one, and no subject: "admins can see"."""
    return bool(_SENTENCE.search(" ".join(words(text))))


def are_bare_subjects(text: str) -> bool:
    """Whether a question is nothing but several subjects: "jira and slack", "hubspot / salesforce"."""
    if not SEPARATOR.search(text):
        return False
    parts = [part for part in map(words, SEPARATOR.split(text)) if part]
    return len(parts) > 1 and all(map(is_bare_subject, parts))


def is_list(query_words: list[str], has_versions: bool = False, has_range: bool = False) -> bool:
    """Whether a question asks for a list. It names versions, or even a range of them, besides these words."""
    plain = plain_request(query_words)
    if _MORE_FORMS.search(plain) or asks_for_additions(query_words) or (has_versions and _OF_A_VERSION.search(plain)):
        return True
    if _LIST.search(plain):
        return not _HOW_TO.match(plain)
    if has_range:
        return len(plain.split()) <= MAX_SUBJECT_WORDS and not _SENTENCE.search(plain)
    return has_versions and is_bare_subject(query_words)
