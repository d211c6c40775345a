"""Prices and offers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.moves import Refusal
from kamsim.view.menu.entry import Args, Entry, Reason
from kamsim.view.words.names import Cast, account_of, percent, who
from kamsim.view.words.prices import terms

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

REBATE: Final = "set_rebate"

# --- what came of it ----------------------------------------------------------------------------------------------


def _priced(cast: Cast, data: Args, _quarter: int) -> list[str]:
    args = data["args"]
    what = "Discount" if "discount" in args else "Year-end rebate"
    value = float(args.get("discount", args.get("rebate", 0.0)))
    return [
        f"{what} for {cast.account(args['account'])} on {cast.line(args['line'])}: "
        f"{percent(value, 1)} from this quarter."
    ]


def _made(cast: Cast, data: Args) -> str:
    args = data["args"]
    name = "discount" if "discount" in args else "rebate"
    return f"{name.capitalize()} on {cast.line(args['line'])}: {float(args[name]) * 100:g}%"


def _offered(cast: Cast, data: Args, _quarter: int) -> list[str]:
    args = data["args"]
    return [f"Your offer is with {cast.account(args['account'])}: {terms(args)}. They answer when the quarter closes."]


def _why_price(cast: Cast, _seen: Seen, args: Args) -> str:
    value = float(args.get("discount", args.get("rebate", 0.0)))
    return (
        f"{cast.account(str(args['account']))}, {cast.line(str(args['line']))}: {percent(value, 1)} off. "
        f"The margin bears it, and they answer to price."
    )


ENTRIES: Final = (
    Entry(
        "offer_terms",
        "Put an offer on the table",
        "whole offer",
        "account",
        _offered,
        lambda _cast, _data: "Put an offer on the table",
        "offer",
        "Prices and requests",
        why=lambda cast, _seen, args: (
            f"An offer to {cast.account(account_of(cast, args))}: "
            f"{terms(args)}. It gives them something, and brings something back."
        ),
        help="Price, volume, years",
        unchanged="That offer is what {they} already has. Change the price, the payment days, the deliveries, or ask "
        "for a commitment.",
        number=5,
        aliases=("offer",),
        icon="offer",
        key="O",
    ),
    Entry(
        "set_discount",
        "Change a price",
        "price change",
        "account",
        _priced,
        _made,
        "price",
        "Prices and requests",
        why=_why_price,
        help="Another discount",
        unchanged="That is the discount {they} already has. Name another.",
        number=6,
        aliases=("price", "discount"),
        icon="price",
        key="P",
    ),
    Entry(
        REBATE,
        "Change a rebate",
        "year-end rebate",
        "account",
        _priced,
        _made,
        "price",
        "Prices and requests",
        why=_why_price,
        help="Paid back later",
        unchanged="That is the rebate {they} already has. Name another.",
        number=7,
        aliases=("rebate",),
        icon="rebate",
        key="B",
    ),
)

# --- why not ------------------------------------------------------------------------------------------------------


def _under_contract(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    account = account_of(cast, args)
    signed = int(seen.contract_until[seen.params.accounts.index(account), 0]) if account else 0
    until = max(signed, seen.quarter)
    after = "" if cast.over(until + 1) else f", or ask from {cast.quarter(until + 1)}"
    return (
        f"{who(cast, args)} has signed terms with you until {cast.quarter(until)}, and no price goes up before. "
        f"Offer something that leaves the price alone{after}."
    )


def _beyond(_cast: Cast, seen: Seen, kind: str, _args: Args) -> str:
    if kind == REBATE:
        return f"A rebate above {percent(seen.params.authority_rebate, 1)} is not yours to give. A smaller one is."
    return (
        f"You may go {seen.params.authority_discount * 100:g} points beyond the prices you took over, no further. "
        f"Ask for less, or offer something that is not price: deliveries, days, hours."
    )


def _below_floor(cast: Cast, _seen: Seen, _kind: str, _args: Args) -> str:
    share = percent(cast.scenario.authority.floor_margin, 1)
    return (
        f"That price would fall below unit cost plus {share} of list, and nobody signs "
        "it. Give less, or give something else."
    )


def _below_agreed(cast: Cast, _seen: Seen, kind: str, args: Args) -> str:
    what = "rebate" if kind == REBATE else "discount"
    return (
        f"{who(cast, args)} was promised the present {what} and holds you to it. To get some back, put a whole offer "
        f"on the table with something in it for them."
    )


REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.OFFER_PENDING: Reason(
        lambda cast, _s, _k, args: (
            f"{who(cast, args)} has an offer of yours and answers when the quarter closes. Take it back first if "
            f"nothing has been answered since."
        ),
        "An offer of yours is with them",
    ),
    Refusal.NOT_BOUGHT: Reason(
        lambda cast, _s, _k, args: (
            f"{who(cast, args)} does not buy {cast.line(args.get('line'))} there. Choose a line from their price list."
        )
    ),
    Refusal.BEYOND_AUTHORITY: Reason(_beyond),
    Refusal.BELOW_FLOOR: Reason(_below_floor),
    Refusal.BELOW_AGREED: Reason(_below_agreed),
    Refusal.UNDER_CONTRACT: Reason(_under_contract),
}
