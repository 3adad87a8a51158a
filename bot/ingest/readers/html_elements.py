"""The names of the elements of HTML, SVG and MathML: what else stands in angle brackets is text."""

VOID_ELEMENTS = frozenset(
    "area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen".split()
)
KNOWN_ELEMENTS = VOID_ELEMENTS | frozenset(
    """
    a abbr acronym address applet article aside audio b bdi bdo big blink blockquote body button canvas caption center
    cite code colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer
    form frameset h1 h2 h3 h4 h5 h6 head header hgroup html i iframe ins kbd label legend li main map mark marquee menu
    meter nav nobr noembed noframes noscript object ol optgroup option output p picture plaintext pre progress q rp rt
    ruby s samp script search section select slot small span strike strong style sub summary sup table tbody td
    template textarea tfoot th thead time title tr tt u ul var video xmp
    svg g path circle rect line polyline polygon ellipse text tspan textpath use defs symbol clippath mask pattern
    lineargradient radialgradient stop filter image foreignobject desc metadata marker switch view animate
    math mi mo mn ms mtext mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd semantics
    annotation
    """.split()
)
