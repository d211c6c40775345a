"""Help: what each page is for, the rules in a few words, and the words that need explaining, with their formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kamsim.view.words.ages import RATES


@dataclass(frozen=True)
class Word:
    """A word of the trade: plain words first, then how it is computed, and from what."""

    name: str
    plain: str
    formula: str = ""
    inputs: str = ""
    part: str = ""
    """The part of an organisation without which nobody meets it."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The paragraphs below its name."""
        return tuple(filter(None, (self.plain, self.formula, self.inputs)))


WORDS: Final[dict[str, Word]] = {
    "profit": Word(
        "Account profit",
        "What one customer leaves once everybody is paid.",
        "Sales less product cost, cost to serve, your team's hours, the cost of waiting for payment, and credits.",
        "From the books of the last close. Until you review an account, its cost to serve is an equal share of sales.",
    ),
    "sales": Word(
        "Sales", "What they pay us in a quarter.", "Units at list price, less discount and year-end rebate.",
        "From the books; before the first close from today's prices and volumes.",
    ),
    "pocket": Word(
        "Pocket price", "What is left of the list price.", "List price, less the discount on the invoice, "
            "less the year-end rebate."
    ),
    "margin": Word("Margin", "What the product leaves before anybody has served the customer.", "Sales less "
        "product cost."),
    "cost_to_serve": Word(
        "Cost to serve",
        "Orders, deliveries, rushes, returns, engineers: what it takes to look after them.",
        "Hours of each activity for this customer, times what an hour costs.",
        "Booked as an equal share of everybody's sales until you have an account reviewed; then the true figure.",
    ),
    "wallet": Word(
        "Share of wallet", "Our part of what they buy of our kind of thing.", "Our volume at list price, "
            "over all they buy at list price.",
        "Their side is what you last heard; it ages.",
    ),
    "trust": Word(
        "Trust", "How far they rely on us, 0 to 100. It moves slowly and protects the price.", "",
        "As last felt in a meeting or by standing contact; it moves when the quarter closes, and what you felt ages.",
    ),
    "discount": Word(
        "Below list", "How far the price lies below the list.", "1 less sales over volume at list price, "
            "discount and rebate together."
    ),
    "points": Word("Points off", "A discount of 18% that becomes 20% is two points more off the list price."),
    "breakeven": Word(
        "Break-even", "How much more they must buy before a lower price has paid for itself.",
        "What you give away, over the margin that is left.", "At today's volume and product cost.",
    ),
    "door": Word(
        "Door", "Executives receive nobody unasked. Bring an insight, have a sponsor put in a word, or both.", "",
        "An open door stays open a year. A no shuts it for two quarters.",
    ),
    "initiative": Word(
        "Initiative", "Something the customer has undertaken: a savings programme, a new works, a merger.", "",
        RATES,
    ),
    "opportunity": Word(
        "Opportunity", "Something that an initiative of theirs brings to be bought: an amount, somebody who decides, a "
            "date.",
        "Need, requirements, comparison, decision; then it runs for some quarters, with us or with a rival.",
        "As last seen: ask about their results or how they buy. How likely you are to have it, nobody tells you.",
    ),
    "insight": Word(
        "Insight", "Something for one of their initiatives that nobody asked you for: options for those who do the "
            "work, a story for executives.", "",
        "Built and brought from the customer's timeline. It holds two quarters, if what it rests on still stands.",
    ),
    "rhythm": Word(
        "Standing contact", "Routine calls, scans and reviews at an account. It carries over until you change it.",
        "Light, normal or close: more hours hear more and keep trust.",
    ),
    "hours": Word(
        "Hours", "Your team's time this quarter. Standing contact has its share first; what is left you "
            "spend in tens.", "",
        "Unused hours do not carry over.",
    ),
    "rank": Word(
        "Rank", "Place by sales beside place by profit. Told for all once a year, when controlling has "
            "reviewed everybody."
    ),
    "range": Word("Range", "Two figures between which the truth should lie nine times in ten. Too wide is no plan."),
    "score": Word(
        "Score", "50 is what a typical key account manager would have made on your luck. No floor, no ceiling.",
        "50 + 25 x your lead over the typical one / the usual lead of a careful one.",
    ),
    "load": Word(
        "Load", "How much of a colleague's hours their customers take.",
        "Hours at the customers that they look after, and with a coach, over their own hours.",
        "From 90% on it wears them down; worn out they work badly, and may leave.", "team",
    ),
    "strain": Word(
        "Strain", "Calm, tired or worn out: what a colleague has borne for too long.", "",
        "Coaching and monthly reviews show it, and lower it. A quota each and red tape raise it.", "team",
    ),
    "target": Word(
        "Target, quota", "What colleagues are measured on: what the team earns, or a figure each.", "",
        "A quota each brings hours and wears them down; who has one helps the others less.", "team",
    ),
    "specialist": Word(
        "Specialist", "Somebody of the company whom all teams share. Borrowed, they lead one kind of work at one "
            "customer for a quarter.", "", "Where the company helps little, other teams have them more often.", "pool",
    ),
    "key": Word(
        "Key customer", "One that the whole company puts first. It costs much, and few at a time can have it.", "",
        "It pays where they think in years, and costs more where they are neglected.", "programme",
    ),
    "plan_of_management": Word(
        "Management's plan", "Account profit that management expects of the year, more each year; what key customers "
            "cost is left out of it.", "",
        "Missed more often than management has patience for, the programme is rebuilt: less support, few key "
        "customers.", "programme",
    ),
    "knows": Word(
        "What the company knows", "How soon, and how truly, we hear what customers do, 0 to 100; in meetings, too.", "",
        "Built as support is, with those who see customers: sales and product management.", "support",
    ),
    "support": Word(
        "Support", "How far our own company stands behind its customers, 0 to 100: hours, specialists, deliveries, "
            "quick answers.", "",
        "Built by time with other functions and by cases to the sales leader; left alone it fades.", "support",
    ),
    "joint": Word(
        "Built together", "Something that we and a customer design and build over a year or more, and share what it "
            "brings.", "", "It costs before it brings. It stands on their sponsor and on an initiative of theirs.",
        "joint",
    ),
    "scorecard": Word(
        "Shared scorecard", "What was promised of something built together, beside what came and what was spent.", "",
        "Both sides read it, so nobody can call it worth less at the next talk.", "joint",
    ),
    "plan": Word(
        "Account plan", "One page in three parts: whom to reach, what is to bring revenue, what is done about it, by "
            "whom and by when.", "",
        "Kept, it is remembered; missed, too. Shown to the customer, both count more.", "plans",
    ),
    "banked": Word("Banked", "Account profit so far, counted at what it was worth on the first day."),
    "left": Word(
        "Left for your successor", "What the accounts are still worth with the trust you leave.", "",
        "What was signed in the last two quarters adds nothing.",
    ),
}  # fmt: skip
"""By key: every word that a face may have to explain."""

RULES: Final = (
    "A quarter has the hours of your whole team. Standing contact takes its share first; the rest you spend in tens.",
    "What people answered or what you found out cannot be undone. Prices, offers, repairs and standing contact can, "
    "until the quarter ends or somebody answers something.",
    "The question that ends a quarter also offers to take all its moves back that still can be.",
    "Facts age: you know what was true when you saw it.",
    "Prices go down at your word and up only in an offer, and not while signed terms run.",
    "Everything is saved as you do it. You may close the window at any time.",
)

PAGES: Final[dict[str, tuple[str, ...]]] = {
    "title": ("Start a session, or go on with one. The same luck number brings the same surprises.",),
    "gym": (
        "A situation is the middle of somebody's year, played by a bot up to today: a face, a few facts and how old "
        "they are, one choice. First you see how they take it; then what each of them thought, what the facts would "
        "have borne, and the year ahead with your answer, with the best bot's and with doing nothing, on the same "
        "luck.",
        "What comes next follows you: what you found hard comes back in another coat, what you can do comes later.",
        "The clock is soft: nothing ends when it is over. Everything is saved as you do it; leave when you like, and "
        "go on with the same situation.",
    ),
    "gym_progress": (
        "The nine questions that readers of a case ask, and five ways of going about it, each as often as a situation "
        "has shown it. The points go from not at all (below) to as well as the facts allowed (above).",
        "Nobody else sees it: it lies in a folder of yours. Export writes it into a file, delete takes it away.",
    ),
    "briefing": (
        "Three guesses before you start. Nobody marks them. You get them back beside the truth: the second and third "
        "when the quarter closes, the first after a year.",
    ),
    "desk": (
        "Everything that a quarter opens with. What waits for an answer stands first, with its date.",
        "The weeks at the top are what is left of your team's time. Go to a customer to spend them.",
        "When you have done what you can, end the quarter. It names what is still unanswered.",
    ),
    "portfolio": (
        "All accounts in figures. Point at a figure, or move to it with the arrow keys, to see what it means.",
        "Cost to serve is an equal share of sales until you review an account.",
    ),
    "pipeline": (
        "What customers are about to buy for what they have under way, as you last saw it: how far it has come, how "
        "much, when it is decided and by whom, and what speaks for you.",
        "A bid costs 10 hours and may lie there from the requirements on; it counts when the window closes. What they "
        "signed speaks for you while it is about their initiative as it is: renew it when that has changed.",
        "Left alone, it goes to a rival or to nobody. Whoever has it, has it until it has run out; what they buy "
        "otherwise shrinks by it.",
    ),
    "account": (
        "One customer: who is there, what they are busy with as far as you know, and what you can do.",
        "Each move says what it costs. What is not possible now says why.",
    ),
    "people": (
        "Who is there, as last seen: the higher, the more senior; the larger, the more say. Rings say how well they "
        "know us; an arrow goes from whoever listens to whom they listen to.",
        "What is not known yet stands beside, with whom to ask. Somebody who is for you and knows you well is a "
        "sponsor, and opens doors above. Somebody who leaves can introduce you to whoever comes.",
    ),
    "money": ("Where a customer's money goes, from the list price to account profit. The steps add up.",),
    "notes": (
        "Everything that you found out, how old it is and where you have it from. Pin what you want to keep in sight.",
    ),
    "radar": (
        "What you heard of change at every customer, the newest first, with its age and how far to trust it.",
        "News is about somebody who has not said so yet. Link it to the right customer, and you know what comes there "
        "before they feel it.",
    ),
    "timeline": (
        "Each of their initiatives by quarter: solid where you saw it, hatched where you only believe it. The bars "
        "below are what pushes it on or holds it back.",
        "An insight is built on how it stands and brought to somebody there. It opens doors, and helps the owner.",
        "Your people can work on what pushes it or holds it back, once you know its name.",
    ),
    "meet": (
        "Choose whom and what about. A buyer takes 10 hours, an executive 20.",
        "Asking about results opens doors; asking what could go wrong shows what is coming; asking how they "
        "buy shows what a price is worth to them.",
    ),
    "request": (
        "A price request. Granting costs at once and for good; a trade gives a part and asks for something "
        "back; a no costs a little warmth.",
        "A no with nothing to show for it (no promise kept there, no work on what they have under way) sends that "
        "line's next opportunity to tender.",
        "Under each answer stands how much more they would have to buy to repay it.",
        "A headquarters may ask for one price in all its regions. In a corridor prices may stand five points apart; "
        "a region keeps to what was signed for it when somebody comes to hear it.",
    ),
    "talk": (
        "Eight things are on the table at once. A proposal sets all of them; they answer at once, and name what they "
        "would gain most from for what it costs you.",
        "What a thing is worth to them they tell when asked. Give what costs you little and is worth much to them, and "
        "ask for the reverse. A concession for a concession lowers what they want; one for nothing does not.",
        "What you take back of what you offered is remembered. They hear four proposals.",
    ),
    "incident": (
        "Something went wrong at a customer. The first hours help most. A credit costs money and is remembered.",
        "The service desk saves you hours and gets less far. Put right well, it wins trust where there "
        "is 70 of 100 of it; where you went there, which takes ten hours more, from 50. Next quarter they say how it "
        "was taken.",
    ),
    "offer": (
        "A whole offer. Their buying centre answers when the quarter closes.",
        "Points given need more volume to repay. Points taken back need something in the offer for them.",
    ),
    "case": (
        "A business case is a page of seven sentences. It is written already, as anybody would write it: that is its "
        "weakness. Choose a sentence and say it better.",
        "Beside it stands what it comes to, from what you know: worth to us and to them, what it adds quarter by "
        "quarter, and the lines of a quarter without it and with it.",
        "How likely a yes is, nobody tells you. Read the room, ask the coach, and mend what is thin.",
    ),
    "price": ("One price, at your word. They will hold you to it: the way back is only through an offer.",),
    "door": (
        "Ask an executive for a first meeting. Bring how one of their initiatives stands, fresh; a cold call "
        "mostly gets a no.",
    ),
    "close": (
        "What the quarter came to: first your decisions, each with what this quarter's profit would have "
        "missed without it; then what was won and lost, what people answered, the books, and why they moved.",
    ),
    "practice": (
        "A past quarter again, on the same luck. Nothing of it is written into your session. Beside it stands what you "
        "played, and what the rest of your session would have made of it.",
    ),
    "debrief": (
        "The first page of your debrief, with the same figures: what each decision was worth, who sat in the chair on "
        "the same luck, what customers came to buy, and what to practise.",
    ),
    "year": ("The year as it was: controlling has reviewed everybody, so each customer carries its own service cost.",),
    "end": ("The end: your score, what you banked and what you leave, and the same luck played by somebody else.",),
    "cases": (
        "Everything about business cases: a page for a customer, an ask to our own deal desk, and what you promised.",
        "What is signed with a figure is a promise. When it falls due it can be measured; kept promises are "
        "the best proof.",
    ),
    "letter": (
        "What was said to your case, by whom, and what cost it most.",
        "A yes with a condition waits for you: accept it, or leave it until it lapses.",
    ),
    "promises": (
        "What you promised to whom. A promise that is due can be measured for some hours; left alone, it is remembered "
        "as talk.",
        "What moved it from your figure is split into causes that add up.",
    ),
    "deal": (
        "The people who say yes to what is not yours to give: how they stand, who signs how much, what they have "
        "signed so far.",
    ),
    "team": (
        "Your colleagues: how much their customers take of their time, how they are and what they are good at, as you "
        "last saw it. Work at a customer goes as well as whoever looks after it does that kind of work.",
        "More than they can bear wears them down. Whoever is worn out works badly and may leave, with half of the ties "
        "there. Coaching and monthly reviews take hours, show how they are, and help.",
        "A specialist of the company can lead one kind of work at one customer for a quarter.",
    ),
    "programme": (
        "A key customer has the whole company behind it: that costs much, and pays where they think in years. The "
        "programme serves few well.",
        "Management has a plan for account profit, reviews it each year, and is patient for so long.",
        "How far our company helps, and what it knows of customers, you build by time with other functions and by a "
        "case to the sales leader, once a year. Both come slowly.",
    ),
    "joint": (
        "Something that you and a customer design and build over a year or more. It takes hours and money every "
        "quarter before it brings anything; then both share what it brings.",
        "A start needs six things. What is not known you have to find out: ask them how they buy, read the room, win "
        "their sponsor and one of ours. What is missing makes it likelier to fail.",
        "If their sponsor leaves, or what it serves is stopped, it works by half. Without both it ends.",
    ),
    "plans": (
        "A plan has three parts: whom to reach, what is to bring revenue, and what is done about it, by whom and by "
        "when. The date counts: done by then it is kept, otherwise missed.",
        "You can show it to the customer and write it together. Who thinks in years gives much for that; who trades "
        "gives nothing, and a rival may hear of it.",
    ),
    "moment": (
        "Somebody high up asks, on the spot. Say why now, and a number; then something may change; then what proves it "
        "and what you ask for; then one objection.",
        "Each card says what you know behind it, and how old that is; more than one way is right. The clock is soft, "
        "it ends nothing: "
        "pause it, add a minute, or do without.",
        "Unanswered, it passes when the quarter closes, and they remember it.",
    ),
    "settings": ("How kamsim looks and sounds. It is remembered.",),
    "glossary": ("The words of the trade.",),
    "why": ("Why each account's profit moved at the last close, four lines at most; they add up.",),
    "help": ("Help.",),
}
"""By page: what it is for."""

OWN_KEY: Final = ("Ctrl+O", "our own side: team, programme, built together, account plans")
"""Where there is one."""
KEYS: Final = (
    ("Tab, Shift+Tab", "go from one thing to the next"),
    ("Up, Down", "go up and down a list; Tab leaves it"),
    ("Left, Right", "change what has the mark; with Shift a slider by five steps"),
    ("Enter, Space", "do it"),
    ("Esc", "back"),
    ("Ctrl+1 to Ctrl+9", "desk, portfolio, customers, notes, why, cases, promises, deal desk, radar"),
    ("Ctrl+P", "pipeline"),
    ("Ctrl+Left, Ctrl+Right", "the customer before, the next"),
    ("Enter", "with no mark anywhere: the blue button at the foot"),
    ("Ctrl+Enter", "the button that carries these keys: Start, End quarter, Put it on their table"),
    ("Ctrl+Z", "take back the last move"),
    ("Ctrl and + or −", "larger, smaller"),
    ("F1", "help for this page"),
    ("F2", "settings"),
    ("F11", "full screen"),
    ("Ctrl+Q", "close; everything is saved"),
)

FIRST_STEPS: Final[dict[int, tuple[str, tuple[tuple[str, str], ...]]]] = {
    1: (
        "A first quarter, if you want one",
        (
            ("waiting", "Answer what is waiting."),
            ("results", "Go to a customer and meet somebody about their results."),
            ("end", "Come back and end the quarter. Nothing here is fatal."),
        ),
    ),
    2: (
        "To try",
        (
            ("review_costs", "Review the cost to serve of the customer whose profit you believe least."),
            (
                "buying",
                "Before you answer a request, ask whoever asks how they buy: it may tell what would serve them.",
            ),
        ),
    ),
    3: (
        "To try",
        (
            ("seek_executive", "Ask an executive for a first meeting, with something learned."),
            ("bid", "Bid for something in the pipeline before its window closes."),
        ),
    ),
}
"""By quarter: a title, and what to try: by what it is known to be done (a move, an agenda, or a word), and in words."""
NEW: Final = "New, and to try"
OWN_STEPS: Final = (
    ("review_team", "Look at your team on the page of our own side, and ask them every month how it goes."),
    ("name_key", "See which customer is key, and what that costs and brings."),
    ("network", "Sit with another function of our own company before you need it."),
    ("write_plan", "Write an account plan: whom to reach, what brings revenue, what is done about it."),
    ("start_joint", "See what could be built together with a customer, and find out what a start still needs."),
)
"""What to try of our own side, in the quarter in which it opens."""
