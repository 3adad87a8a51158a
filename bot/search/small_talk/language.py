"""Whether a question is in a language other than English, judged by its small words (articles, pronouns and so on)."""

from collections.abc import Iterable

MIN_FOREIGN_WORDS = 2
# Without accents, as `words` gives them. What is an English word too, a language's code or part of a name is weak: it
# counts, but never alone.
_STRONG = {
    "German": """ich und nicht wie kann koennen konnen ist ein eine einen einem einer wir mit fur fuer von zu zum zur
        werden wird gibt warum welche welcher welches haben hat oder kein keine meine unser unsere uber wenn auch noch
        neue sind bitte danke hallo wo wann wer mochte moechte kunden rechnung rechnungen seit nach bei auf dass sich
        ihr sie es im das der dem guten tag morgen geht nur du dein deine kannst bist hast mir mich dich
        eigentlich alles
        was neu neues neuen gibts vielen
        wieso weshalb wurde konnte sollte muss mussen durch ohne bis vom beim damit diese dieser dieses jetzt schon""",
    "Dutch": """ik het niet hoe kan wij voor zijn wordt worden waar wat waarom welke hebben heeft geen mijn onze naar
        ook nog nieuwe dit kunnen jij moet wanneer klanten facturen factuur sinds bij graag bedankt hallo versie een
        aan uit deze kun je er met ben bent jullie heb mag wil zou weer wel maar nu hun stel alle zo gaat werkt kunt""",
    "French": """le les une du et est comment peut puis nous vous avec pour dans que qui pourquoi quel quelle quels
        quelles ne pas mes nos notre votre cette sont aux bonjour merci faire depuis peux peuvent peuton clients
        facture factures sil quoi avez sur ou il dune lors etre
        suis es tu mon ton cela ca tout tous mais donc chez sans sous entre apres avant fait peuxtu jai cest
        nouveau nouveaux nouveautes nouvelle""",
    "Spanish": """el los las una del y como puede puedo pueden con para que quien donde cual cuando nuestro esta este
        hay hacer hola gracias podemos facturas factura clientes desde mis sus es buenos dias necesito quiero por
        nueva version eres tu puedes tienes estoy estan fue pero sin sobre entre muy todo todos cambiar
        nuevo nuevos novedades ultima favor""",
    "Polish": """jak nie sie czy jest dla przez gdzie kiedy dlaczego ktory ktora ktore sa oraz lub prosze dzieki
        mozna moge mozemy nowa wersja wersji czesc dzien dobry klient klienta klientow faktury fakture faktur ma co
        jaka jakie w na od po jestes mozesz masz tym tego tej jako bez przy gdy aby zeby nasz nasze moje moj tylko
        zmienic""",
    "Italian": """il gli che come posso possiamo della nel nella sono per di non fatture clienti dalla quando dove
        perche grazie ciao buongiorno cosa quale""",
    "Portuguese": """como posso nao uma para com os dos da das ao voce quando onde faturas clientes obrigado ola
        podemos qual quais e esta isso desde bom dia""",
    "Swedish or Danish": """och att hur kan jag inte det som ar en ett for vi ikke jeg hvordan hvad og der til hej
        tack tak vad finns fakturor kunder med""",
}
# Said to the bot, not asked; counts twice, as little else may follow.
_COURTESY = frozenset(
    """
    hallo danke dankeschon bitte guten bedankt dankjewel goedemorgen goedemiddag bonjour bonsoir merci salut
    hola gracias
    buenos buenas dziekuje dzieki czesc prosze ciao grazie buongiorno obrigado obrigada ola tack takk tak hej
    moin servus
    tschuss graag alstublieft dank
    """.split()
)
# What one word is enough of: HaloPSA's own things, in words that mean nothing in English.
_THINGS = frozenset(
    """
    rechnung rechnungen facture factures factura facturas fatura faturas fattura fatture faktura fakturor faktury
    factuur facturen kunde kunden klanten klienci clientes kunder neuigkeiten neuerungen nouveautes novedades novidades
    """.split()
)
_WEAK = frozenset(
    """
    de es la le un die was me no do to i a is of we on per van den dem der man als si se al el te version clients
    es en en et du per come sur dit it on so in an am ma co na po od w e is die was he hat and for til con es com os
    que il kan en y tag der das dos da das uit er ou ne sa ar vi med im mis sus este dia one sind dans no
    met morgen wo je zu till son pas aux hay ver
    """.split()
)
_WORDS = {language: frozenset(listed.split()) | _COURTESY for language, listed in _STRONG.items()}
_TELLING = frozenset().union(*_WORDS.values()) - _WEAK  # without any of these a text is English
_ENGLISH = frozenset(
    """
    the a an is are was to of and how can what when where why which who do does did i we you our my with for on in
    from that this it not have has be will if or by at there any
    """.split()
)


def is_foreign(text: str, text_words: Iterable[str]) -> bool:
    """Whether most small words of a text, of these words, are of one other language, or its letters are not Latin."""
    if not text.isascii():
        letters = [character for character in text if character.isalpha()]
        if sum(not _is_latin(character) for character in letters) * 2 > len(letters):
            return True
    found = frozenset(text_words)
    if found and found <= _THINGS:
        return True
    if found.isdisjoint(_TELLING):
        return False
    english = len(found & _ENGLISH)
    return any(_is_language(found, known, english) for known in _WORDS.values())


def _is_language(found: frozenset[str], known: frozenset[str], english: int) -> bool:
    foreign = found & known
    count = len(foreign) + len(foreign & _COURTESY)
    return count >= MIN_FOREIGN_WORDS and len(foreign) > english and count * 4 >= len(found) and not foreign <= _WEAK


def _is_latin(character: str) -> bool:
    return ord(character) < 0x250 or 0x1E00 <= ord(character) < 0x1F00
