"""What somebody says who has taken over a post: the matter is the same, the words are not those of who has left.

A request gives away its need in a successor's words too, so that nobody has to know the one who wrote it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine import drawing
from kamsim.scenario.customer import Replies
from kamsim.scenario.talks import TalkReplies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kamsim.scenario.casework import Moment
    from kamsim.scenario.customer import Request
    from kamsim.scenario.talks import Talk

ASKS: Final = (
    "I found this in the file that I took over, with a date on it: a better price from you. So I ask.",
    "Forgive the form, I have the post since a short time. What is asked of you stands below.",
    "My predecessor meant to write to you about a price. It is I who write now.",
)
HINTS: Final = {
    "fewer_deliveries": (
        "What I see from my window is small vans, all day, and one man to unload them.",
        "I've counted what comes in at the gate from you. It is the count that worries me, not the invoice.",
    ),
    "volume_commitment": (
        "What I found here is orders strewn over too many houses. I'd gather them, if somebody made it worth it.",
        "I know what we'll need. I may even put my name to quantities, and nobody has asked me to.",
    ),
    "longer_term": (
        "What I'd like best is a figure that is still true when my own plan ends.",
        "I've had to explain three changes of price that weren't mine. I'd sign for longer not to explain a fourth.",
    ),
    "prompt_payment": (
        "Money we have, lying about. It is the one thing here that nobody seems to be short of.",
        "The bank pays nothing for what we keep there. I'd rather spend it sooner than explain it.",
    ),
}
"""By the trade that is welcome first: what gives it away."""
COLLEAGUES: Final = {
    "strained": (
        "I'm new, so I thought that it was always like this. It isn't, I'm told.",
        "I took over the post with its list. The list has grown since, and I haven't.",
        "I'm still learning the names, and I've begun to mix up the promises.",
        "I've moved my free afternoon three times. It's in another quarter now.",
    ),
    "leaving": (
        "The place that I came from has kept my chair, and I'm going back to it. You have me until the quarter's out.",
        "It was too much, too soon. I'd rather say so than have it show. What I've learned here fits on two pages; "
        "you'll get both.",
    ),
    "coached": (
        "Nobody here had told me yet what good looks like. I've written it down.",
        "I tried it on the smallest customer first. It worked, so now I'm nervous about the large ones.",
        "I'd have learned that by myself, in a year, at their expense.",
        "So the silence was mine to keep. I counted to seven. They spoke at five.",
    ),
    "takes_over": (
        "Then they'll have two new faces in a short time. I'll begin by listening.",
        "I'll read the file tonight and ring tomorrow. They shouldn't have to explain themselves twice.",
        "Good. Nobody there has been promised anything by me yet.",
    ),
}
"""By occasion: what somebody says who has come into our own team."""
BARE: Final = ("It is about the price, as far as I can tell.",)
GRANTED: Final = (
    "Thank you. You were quick; I have noted that, as one does in a new post.",
    "Received. I had prepared three arguments and needed none of them.",
)
TRADED: Final = (
    "That helps where it hurt. I had not expected it to be so simple.",
    "Good. It is the first thing that I've settled here, and I can explain it.",
)
REFUSED: Final = (
    "That is kindly meant, and not what we lack. I've read my own file by now.",
    "I can't carry that one upstairs. Look again at what I wrote beside the price.",
)
DECLINED: Final = (
    "Understood. Then I know where you stand, which is more than the file told me.",
    "No, then. I shall ask the others as well; I'd have done so anyway.",
)
LAPSED: Final = (
    "The date is past, and no word came. I am new. I notice such things.",
    "Nobody answered me. The file says that you used to.",
)
SPOT: Final = (
    "I'm new in this chair, and they say that I should know you. What would you change here, by how much, who says so "
    "besides you, and what do you want of me?",
    "I have two minutes and a list of those who supply us. You're on it. What is it that you do for us, in a figure, "
    "and what do you ask for it?",
)
WINS: Final = ("That I can repeat, figure and all. Put it on a page for me.", "Clear. Come back with it in writing.")
HOLDS: Final = ("Something of it holds. I would have to hear it again, slowly.", "Perhaps. On paper it may be better.")
LOSES: Final = ("Thank you. I'm no wiser than before.", "I had hoped for something about us. Good day.")
OF_SOMEBODY: Final = re.compile(r"\b(she|he|her|his|him)\b")
"""A place that tells of whoever stood there."""
PASSES: Final = ("As you like. I'll ask somebody else meanwhile.", "Then later. I shan't be less busy.")
OPENS: Final = (
    "I inherited this table. Put on it what you can give and what you want for it, all at once; I'd rather weigh than "
    "haggle.",
    "Sit down. I've read how this was done before me, and price was all of it. I should like to see the rest.",
)
INVITES: Final = (
    "There is an agreement with you that ends, and it is I who must renew it. Come to the table; bring more than a "
    "price.",
    "The old agreement runs out, and I don't know it by heart. Let's write it anew, all of it at once.",
)
ACCEPTS: Final = ("Agreed. I'd have asked for less, had I known.", "Agreed. It is my first signature here; keep to it.")
WALKS: Final = ("Then we leave it. I've others to hear.", "That is enough. I close the file.")
UNMET: Final = ("Nobody came to the table. I've renewed it as it was.", "No proposal came, so I signed the other.")


def request(item: Request, seed: int | None, place: int, *, asked: bool) -> Request:
    """A request in a successor's words, the ``place``-th of that post, so that one after the other is put otherwise;
    ``asked``: the letter came before, and stands as it was written."""

    def say(ways: Sequence[str], part: str) -> str:
        return _in_turn(ways, seed, f"{item.person} {part}", place)

    replies = Replies(
        granted=say(GRANTED, "granted"),
        traded=say(TRADED, "traded"),
        trade_refused=say(REFUSED, "refused"),
        declined=say(DECLINED, "declined"),
        lapsed=say(LAPSED, "lapsed"),
    )
    if asked:
        return item.model_copy(update={"replies": replies})
    hint = say(HINTS[item.welcomes[0]] if item.welcomes else BARE, "hint")
    return item.model_copy(update={"text": f"{say(ASKS, 'asks')} {hint}", "replies": replies})


def moment(item: Moment, seed: int | None, place: int) -> Moment:
    """A conversation on the spot with a successor, the ``place``-th of that post; what was written around the one who
    left (her telephone, his train) is left out."""

    def say(ways: Sequence[str], part: str) -> str:
        return _in_turn(ways, seed, f"{item.person} {part}", place)

    update: dict[str, Any] = {
        "place": item.place.partition(",")[0] if OF_SOMEBODY.search(item.place) else item.place,
        "twist_text": None,
        "question": say(SPOT, "spot"),
        "objections": {},
        "wins": say(WINS, "wins"),
        "holds": say(HOLDS, "holds"),
        "loses": say(LOSES, "loses"),
        "passes": say(PASSES, "passes"),
    }
    return item.model_copy(update=update)


def talk(item: Talk, seed: int | None, place: int, *, asked: bool) -> Talk:
    """A negotiation with a successor, the ``place``-th of that post; what an issue is worth to them is told as a
    figure. ``asked``: the letter came before, and stands as it was written."""

    def say(ways: Sequence[str], part: str) -> str:
        return _in_turn(ways, seed, f"{item.person} {part}", place)

    replies = TalkReplies(
        opens=say(OPENS, "opens"),
        accepts=say(ACCEPTS, "accepts"),
        walks=say(WALKS, "walks"),
        lapses=say(UNMET, "lapses"),
    )
    return item.model_copy(update={"text": item.text if asked else say(INVITES, "invites"), "replies": replies})


def _in_turn(ways: Sequence[str], seed: int | None, name: str, place: int) -> str:
    """One way after the other, from the one that a session draws."""
    start = ways.index(drawing.told(ways, seed or 0, name))
    return ways[(start + place) % len(ways)]
