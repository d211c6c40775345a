"""Help: what can be typed, and the few words that need explaining."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.scenario.organisation import parts
from kamsim.view.own import PROGRAMME, TABS
from kamsim.view.words.ages import RATES
from kamsim.view.words.help import PAGES, WORDS

if TYPE_CHECKING:
    from kamsim.scenario.models import Scenario

TYPING: Final = (
    "Type a number from the list, or the beginning of its text. At the desk a number leads to what the quarter is "
    "about, and news opens the other headlines. These words work at any menu: back, desk (where everything stands), "
    "waiting (what needs an answer), notes (what you know), portfolio, pipeline (what they are about to buy), why (why "
    "profit moved), undo (take back the last move), reset (take back all that nobody has answered), deal (our deal "
    "desk), promises (what falls due), library (worked cases), moment (who asks on the spot), practise (play a past "
    "quarter again; nothing of it counts), end (end the quarter), help, quit (everything is saved as you go).",
    "A business case opens as a page of seven sentences, written already. A sentence's number changes it; present "
    "hands it in. Coach says what is weak, compare shows it beside drafts, print writes it on paper.",
)
RULES: Final = (
    "A quarter has the hours of your whole team. Standing contact takes its share first; the rest you spend in tens. "
    "What people answered or what you found out cannot be undone; prices, offers and standing contact can, until the "
    "quarter ends or somebody answers something.",
    f"Facts age: you know what was true when you saw it. {RATES} "
    "Bring it while it holds and an executive's door nearly always opens; the door then stays open a year. A no shuts "
    "it for two quarters.",
    "Prices go down at your word and up only in an offer, and not while signed terms run. When terms end, the "
    "deliveries and the volume promised in them end too.",
    "A case promises one figure with a range. Once signed it is locked. When the books of its quarter are closed you "
    "measure it, within two quarters, or leave it, which counts as a shrug. A promise kept is the best proof for the "
    "next case. Aim to land inside your range eight times in ten.",
    "What you may not give, our deal desk may: more price, longer payment, specialists, something made for one "
    "customer, their orders first. It answers small asks at once and large ones when the quarter closes.",
    "Their initiatives bring opportunities: a need, then requirements, comparison and decision. Your bid may lie there "
    "from the requirements on. When the window closes, your price, what they have signed, what you did for the "
    "initiative, who decides and your word count; left alone it mostly goes to a rival. Whoever has it, has it until "
    "it has run out.",
    "Whoever asks on the spot waits until the quarter closes. Beside what you can say stands what you know behind it, "
    "and how old that is; more than one way is right. The clock is soft: pause, more, no clock.",
)
GLOSSARY: Final = (
    "Account profit: what one customer leaves: sales at pocket price, less product "
    "cost, cost to serve, your team's hours, "
    "credits, and the cost of waiting for payment.",
    "Pocket price: what is left of the list price after the discount on the invoice and the year-end rebate.",
    "Margin: pocket price less product cost, before anybody has served the customer.",
    "Cost to serve: orders, deliveries, rushes, returns, engineers. Until you review "
    "a customer the books spread it over all "
    "by sales.",
    "Points off: a discount of 18% that becomes 20% is two points more off the list price.",
    "Trust: how far they rely on us, 0 to 100. It moves slowly and protects the price.",
    "Door: executives receive nobody unasked. Bring how one of their initiatives stands, fresh, when you ask.",
    "What pushes an initiative: each is pushed forward or held back by something with a name, such as a permit or a "
    "man who leaves. Ask people what could go wrong to hear it, up to a quarter before it acts. Put our people on it "
    "by that name, and for two quarters the odds are better, not certain.",
    "Insight: something about one of their initiatives that they had not asked you for: two or three options, or a "
    "story with a measured result. Ask how the initiative stands, build it the same quarter, bring it while that is "
    "still so (two quarters at most). It opens an executive's door; brought to whoever runs the initiative, it helps "
    "it too. One that is out of date costs you.",
    "Worth to us: what a case adds to account profit over three years, less what waiting for it costs (net present "
    "value at our own rate).",
    "Eight times in ten: of 2,000 futures drawn from what you know, eight in ten end inside that range.",
    "Break-even: how much more they must buy before what you give is repaid.",
    "Your word: how far your figures are believed, 0 to 100, by each customer and inside. It follows your promises.",
    "Share of wallet: our part of what they buy in our categories.",
)


GYM: Final = (
    "Type a number from the list, or the beginning of its text. Back steps back, list shows the choices again, quit "
    "leaves: the situation that is open waits, and kamsim drill --text goes on with it.",
    *PAGES["gym"],
)


OWN_TYPING: Final = {
    "team": "who looks after whom",
    PROGRAMME: "which customer is key, and who helps in our company",
    "joint": "what we build together with customers",
    "plans": "the account plans",
}
"""By page of our own side: what its word leads to."""
OWN_PARTS: Final = {name: frozenset(parts_of) for name, _, parts_of in TABS}


def gym_help() -> tuple[str, ...]:
    """What help says in the gym."""
    return ("", *GYM, "", "Words:", *GLOSSARY, "")


def help_lines(scenario: Scenario) -> tuple[str, ...]:
    """Everything that help says, with what goes with the parts of an organisation that there are."""
    there = parts(scenario.organisation, any(account.joint for account in scenario.accounts))
    pages = [f"{name} ({text})" for name, text in OWN_TYPING.items() if there & OWN_PARTS[name]]
    typing = [f"At the desk, of our own side: {', '.join(pages)}."] if pages else []
    words = [f"{word.name}: {' '.join(word.lines)}" for word in WORDS.values() if word.part in there]
    rules = [line for name in OWN_TYPING if there & OWN_PARTS[name] for line in PAGES[name]]
    return ("", *TYPING, *typing, "", *RULES, *rules, "", "Words:", *GLOSSARY, *words, "")
